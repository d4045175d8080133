// Asks before a form is sent: data-confirm is the question, data-confirm-button the word on the button.
for (const form of document.querySelectorAll('form[data-confirm]')) {
  form.addEventListener('submit', event => {
    if ('agreed' in form.dataset) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(form.dataset.confirm, form.dataset.confirmButton ?? '确定').then(yes => {
      if (!yes) return;
      form.dataset.agreed = '';
      form.requestSubmit(event.submitter);
    });
  });
}

function ask(question, word) {
  const dialog = document.createElement('dialog');
  dialog.className = 'jf-dialog';
  dialog.innerHTML = '<form method="dialog"><p></p><div><button class="btn btn-primary" value="yes"></button><button class="btn btn-outline-secondary" value="">先不办</button></div></form>';
  dialog.querySelector('p').textContent = question;
  dialog.querySelector('button').textContent = word;
  dialog.setAttribute('aria-label', question);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise(resolve => dialog.addEventListener('close', () => {
    dialog.remove();
    resolve(dialog.returnValue === 'yes');
  }));
}
