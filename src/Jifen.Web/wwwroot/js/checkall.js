// One press ticks everything of a group, or nothing where all of it is ticked.
for (const button of document.querySelectorAll('[data-check-all]')) {
  button.addEventListener('click', () => {
    const boxes = [...button.closest(button.dataset.checkAll).querySelectorAll('input[type=checkbox]:not(:disabled)')];
    const all = boxes.every(box => box.checked);
    for (const box of boxes) box.checked = !all;
  });
}
