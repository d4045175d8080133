// The roll-call: says how many are what before it is saved.
const place = document.querySelector('[data-tally]');
const form = place.closest('form');
function count() {
  const counts = new Map();
  for (const input of form.querySelectorAll('.jf-call-choices input:checked')) {
    if (input.value) {
      const name = input.nextElementSibling.textContent;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  place.textContent = [...counts].map(([name, number]) => `${name}${number}`).join('，');
}
form.addEventListener('change', count);
addEventListener('pageshow', count);
count();
