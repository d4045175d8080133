// Files: kind and size are looked at before anything is sent, and the sending shows how far it is.
for (const form of document.querySelectorAll('form[data-upload]')) {
  for (const input of form.querySelectorAll('input[type=file]')) {
    input.addEventListener('change', () => { input.setCustomValidity(wrong(input) ?? ''); input.reportValidity(); });
  }
  form.addEventListener('submit', event => {
    const bytes = [...form.querySelectorAll('input[type=file]')].flatMap(input => [...input.files]).reduce((sum, file) => sum + file.size, 0);
    // Small ones are there before a bar could move.
    if (event.defaultPrevented || bytes < 300_000) return;
    event.preventDefault();
    if (!('sending' in form.dataset)) send(form, event.submitter);
  });
}

function wrong(input) {
  const most = Number(input.dataset.maxBytes) || Infinity;
  const kinds = (input.accept || '').toLowerCase().split(',').map(kind => kind.trim()).filter(kind => kind.startsWith('.'));
  for (const file of input.files) {
    if (kinds.length && !kinds.some(kind => file.name.toLowerCase().endsWith(kind))) return `“${file.name}”的格式不收，换成 ${kinds.join('、')}`;
    if (file.size > most) return `“${file.name}”有 ${megabytes(file.size)} MB，最多 ${megabytes(most)} MB；照片可以先压缩或截取要紧的部分`;
    if (file.size === 0) return `“${file.name}”是空的，重新选一份`;
  }
  return null;
}

function megabytes(bytes) {
  return (bytes / 1048576).toFixed(1).replace(/\.0$/, '');
}

function send(form, submitter) {
  form.dataset.sending = '';
  delete form.dataset.agreed;
  delete form.dataset.reachable;
  const bar = Object.assign(document.createElement('progress'), { className: 'jf-progress', max: 1, value: 0 });
  const word = Object.assign(document.createElement('p'), { className: 'jf-hint' });
  word.setAttribute('role', 'status');
  const box = document.createElement('div');
  box.append(bar, word);
  (submitter?.parentElement ?? form).after(box);
  const request = new XMLHttpRequest();
  const url = submitter?.getAttribute('formaction') ?? form.getAttribute('action') ?? location.href;
  request.open('POST', url);
  request.upload.onprogress = event => {
    bar.value = event.loaded / event.total;
    word.textContent = event.loaded < event.total ? `正在上传 ${Math.round(bar.value * 100)}%，请不要关掉这一页` : '传完了，正在保存……';
  };
  request.onload = () => {
    if (request.status < 400) return location.assign(request.responseURL);
    // Refused: the page the server wrote, with what is wrong, takes the place of this one.
    document.open();
    document.write(request.responseText);
    document.close();
  };
  request.onerror = () => {
    delete form.dataset.sending;
    bar.remove();
    word.textContent = '没有传上去：连不上服务器。文件还选着，网络好了再按一次提交。';
  };
  request.send(new FormData(form, submitter));
}
