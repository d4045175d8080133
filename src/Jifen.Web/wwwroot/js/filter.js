// A filter takes effect when a choice is made. Typed text waits for the enter key or the button; choosing by keyboard waits for the end.
for (const form of document.querySelectorAll('form[data-filter]')) {
  let waiting;
  form.addEventListener('change', event => {
    if (!event.target.matches('select, input[type=radio], input[type=checkbox], input[type=date]')) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => form.requestSubmit(), event.target.type === 'date' ? 900 : 350);
  });
  // Empty fields do not litter the address.
  form.addEventListener('formdata', event => {
    for (const [name, value] of [...event.formData]) if (value === '') event.formData.delete(name);
  });
}
