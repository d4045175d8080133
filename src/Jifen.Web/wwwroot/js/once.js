// A form is sent once: a second tap while the first is under way does nothing. The operation id catches what slips through.
for (const form of document.querySelectorAll('form[data-once]')) {
  form.addEventListener('submit', event => {
    if (event.defaultPrevented) return;
    if ('sending' in form.dataset) return event.preventDefault();
    form.dataset.sending = '';
    delete form.dataset.agreed;
    delete form.dataset.reachable;
  });
}
// Back from the next page, or stopped by hand: it can be sent again.
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sending]')) delete form.dataset.sending;
});
