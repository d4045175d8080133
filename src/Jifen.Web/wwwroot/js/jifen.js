// Loads what the page needs. Everything works without it; nothing here is the only way to do something.
const modules = {
  '[data-tally]': './tally.js',
  'form[data-once]': './once.js',
  '[data-passkey]': './passkey.js',
  'form[data-draft], form[data-clears-drafts]': './draft.js',
  'form[data-confirm]': './confirm.js',
  'form[data-upload]': './upload.js',
  'form[data-filter]': './filter.js',
  '[data-roll]': './rollcall.js',
  '[data-check-all]': './checkall.js',
  '[data-copy]': './copy.js',
  '[data-refresh], [data-fragment]': './qr.js',
};

document.documentElement.classList.add('js');
const wanted = Object.entries(modules).filter(([selector]) => document.querySelector(selector)).map(([, module]) => module);

// The page after a form that was accepted says so, or is another page the form led to: its draft goes. One that was refused shows the
// values itself, and the draft stays; so it does before a page to sign in. Here and at once: whoever goes on before the modules have
// come would find what he has just sent put back as not sent.
const sent = JSON.parse(sessionStorage.getItem('jifen-sent'));
sessionStorage.removeItem('jifen-sent');
if (sent) {
  const isElsewhere = location.pathname !== sent.from && document.referrer.split('?')[0] === location.origin + sent.from
    && !document.querySelector('[data-refused], .jf-signed-out');
  if (isElsewhere || document.querySelector('[data-accepted]')) localStorage.removeItem(sent.key);
}

// A form that is sent passes confirm (is it meant?), draft (does anybody answer?), upload, once, in this order. Who holds it back sends
// it again later with a mark on it (data-agreed, data-reachable), and the last one takes the marks off.
const order = ['./confirm.js', './draft.js', './upload.js', './once.js'];
await Promise.all(wanted.map(module => order.includes(module) ? null : import(module)));
for (const module of order.filter(module => wanted.includes(module))) await import(module);

// Where a refused form came back, the reader starts at what is wrong.
if (!location.hash) document.querySelector('[data-refused]')?.focus();
