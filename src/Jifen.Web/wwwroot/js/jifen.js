// Loads what the page needs. Everything works without it.
const modules = {
  'form[data-once]': './once.js',
};

document.documentElement.classList.add('js');
for (const [selector, module] of Object.entries(modules)) {
  if (document.querySelector(selector)) import(module);
}
