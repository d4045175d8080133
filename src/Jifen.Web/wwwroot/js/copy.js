// Copies what data-copy holds and says so.
for (const button of document.querySelectorAll('[data-copy]')) {
  const label = button.textContent;
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      // Without https there is no clipboard: the old way.
      const area = Object.assign(document.createElement('textarea'), { value: button.dataset.copy, className: 'visually-hidden' });
      button.after(area);
      area.select();
      document.execCommand('copy');
      area.remove();
    }
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}
