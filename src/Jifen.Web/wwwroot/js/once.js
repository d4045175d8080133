// A form is sent once: a second tap while the first is under way does nothing. The operation id catches what slips through.
for (const form of document.querySelectorAll('form[data-once]')) {
  form.addEventListener('submit', event => {
    if (form.dataset.sending) return event.preventDefault();
    // After every other listener had its chance to stop the sending.
    queueMicrotask(() => { if (!event.defaultPrevented) form.dataset.sending = 'true'; });
  });
}
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sending]')) delete form.dataset.sending;
});
