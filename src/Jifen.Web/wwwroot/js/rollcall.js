// Names as tiles. The radios below stay what is sent: a tap chooses the next one, and what changes them elsewhere shows on the tile.
for (const roll of document.querySelectorAll('[data-roll]')) {
  const names = [...roll.querySelectorAll('fieldset')].map(tile);
  const counts = roll.querySelector('[data-roll-counts]');
  roll.classList.add('jf-roll-live');
  roll.addEventListener('change', refresh);
  for (const button of roll.querySelectorAll('[data-roll-fill]')) {
    button.addEventListener('click', () => {
      for (const name of names) if (!name.chosen()) name.choose(name.radios.find(radio => radio.value === button.dataset.rollFill));
    });
  }
  refresh();

  function refresh() {
    const numbers = new Map([['应到', names.length], ...names[0]?.radios.map(radio => [word(radio), 0]) ?? [], [roll.dataset.unknown, 0]]);
    for (const name of names) {
      name.show(roll.dataset.unknown);
      const text = name.chosen() ? word(name.chosen()) : roll.dataset.unknown;
      numbers.set(text, numbers.get(text) + 1);
    }
    counts.textContent = [...numbers].filter(([, number]) => number > 0).map(([text, number]) => text + number).join(' · ');
  }
}

function word(radio) {
  return radio.nextElementSibling.textContent;
}

function tile(fieldset) {
  const radios = [...fieldset.querySelectorAll('input[type=radio]')];
  const button = Object.assign(document.createElement('button'), { type: 'button', className: 'jf-tile' });
  const [who, what] = [document.createElement('strong'), document.createElement('span')];
  const legend = fieldset.querySelector('legend');
  const note = legend.querySelector('small')?.textContent;
  who.textContent = legend.firstChild.textContent;
  button.append(who, what);
  fieldset.append(button);
  const chosen = () => radios.find(radio => radio.checked);
  const choose = radio => {
    if (!radio) return;
    radio.checked = true;
    for (const type of ['input', 'change']) radio.dispatchEvent(new Event(type, { bubbles: true }));
  };
  const step = by => choose(radios[(radios.indexOf(chosen()) + by + radios.length) % radios.length] ?? radios[0]);
  button.addEventListener('click', () => step(1));
  button.addEventListener('keydown', event => {
    if (event.key === 'ArrowRight' || event.key === 'ArrowDown') step(1);
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowUp') step(chosen() ? -1 : 0);
    else if (radios[event.key - 1]) choose(radios[event.key - 1]);
    else return;
    event.preventDefault();
  });
  const show = unknown => {
    button.dataset.state = chosen()?.value ?? '';
    what.textContent = (chosen() ? word(chosen()) : unknown) + (note ? ` · ${note}` : '');
  };
  return { radios, chosen, choose, show };
}
