// Nothing typed is lost. A form with data-draft keeps its fields on this device until the server has accepted it, brings them back
// with a word about it, and is not sent into a dead connection. Passwords, files, hidden fields and tokens are never kept.
const prefix = 'jifen-draft:';
// Read by the page that comes next, in jifen.js.
const sent = 'jifen-sent';
const week = 7 * 24 * 3600 * 1000;
const isKept = control => control.name && !['password', 'file', 'hidden', 'submit', 'button'].includes(control.type);

for (const key of Object.keys(localStorage)) {
  if (key.startsWith(prefix) && !(read(key)?.at > Date.now() - week)) localStorage.removeItem(key);
}
for (const form of document.querySelectorAll('form[data-clears-drafts]')) {
  form.addEventListener('submit', () => Object.keys(localStorage).filter(key => key.startsWith(prefix)).forEach(key => localStorage.removeItem(key)));
}
for (const form of document.querySelectorAll('form[data-draft]')) keep(form, prefix + form.dataset.draft);

function keep(form, key) {
  const untouched = JSON.stringify(values(form));
  const draft = read(key);
  // A page that only asks whether it is right carries what was typed in hidden fields: nothing is brought back there, and nothing lost.
  const asksOnly = ![...form.elements].some(isKept);
  if (draft && !asksOnly && !document.querySelector('[data-refused]') && JSON.stringify(draft.values) !== untouched) {
    // The server's answer to this form stands on what was sent and adds to it: it is the draft from now on.
    if ('answered' in form.dataset) write(key, { at: Date.now(), values: values(form), operation: form.elements.operation?.value ?? draft.operation });
    else offer(form, key, draft);
  }

  let waiting;
  const save = operation => {
    clearTimeout(waiting);
    const now = values(form);
    if (operation || JSON.stringify(now) !== untouched) write(key, { at: Date.now(), values: asksOnly ? read(key)?.values ?? {} : now, operation: operation ?? read(key)?.operation });
  };
  form.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(save, 400); });
  addEventListener('pagehide', () => { if (waiting) save(); });

  // First a look whether anybody answers; then the form goes as if nothing had been here.
  form.addEventListener('submit', event => {
    if ('reachable' in form.dataset) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if ('sending' in form.dataset) return;
    form.dataset.sending = '';
    save(form.elements.operation?.value);
    fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(6000) }).then(answer => {
      if (!answer.ok) throw new Error(answer.status);
      delete form.dataset.sending;
      note(form, null);
      form.dataset.reachable = '';
      sessionStorage.setItem(sent, JSON.stringify({ key, from: location.pathname }));
      form.requestSubmit(event.submitter);
    }).catch(() => {
      delete form.dataset.sending;
      delete form.dataset.agreed;
      note(form, '没有提交出去：现在连不上服务器', '填的内容已经保存在这台设备上，没有丢。网络好了再按一次提交；关掉这一页也不要紧。');
    });
  });
}

function offer(form, key, draft) {
  const before = values(form);
  fill(form, draft.values);
  if (draft.operation && form.elements.operation) form.elements.operation.value = draft.operation;
  const time = new Date(draft.at).toLocaleString('zh-CN', { month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit' });
  const files = form.querySelector('input[type=file]') ? '附件要重新选。' : '';
  const box = note(form, '已经放回没有提交的内容', `这是${time}在这台设备上填的。${files}`);
  const button = Object.assign(document.createElement('button'), { type: 'button', className: 'jf-link-button', textContent: '不要了，重新填' });
  button.addEventListener('click', () => {
    localStorage.removeItem(key);
    fill(form, before);
    note(form, null);
  });
  box.append(button);
}

function note(form, title, text) {
  form.querySelector('[data-draft-note]')?.remove();
  if (!title) return null;
  const box = document.createElement('div');
  box.className = 'jf-note jf-note-caution';
  box.dataset.draftNote = '';
  box.setAttribute('role', 'alert');
  box.innerHTML = '<div><p class="jf-note-title"></p><p></p></div>';
  box.querySelector('.jf-note-title').textContent = title;
  box.querySelector('p + p').textContent = text;
  form.prepend(box);
  box.scrollIntoView({ block: 'nearest' });
  return box.firstElementChild;
}

// What is ticked and typed, by name: several controls may share one.
function values(form) {
  const kept = {};
  for (const control of [...form.elements].filter(isKept)) {
    const list = kept[control.name] ??= [];
    if (control.type === 'checkbox' || control.type === 'radio') { if (control.checked) list.push(control.value); }
    else list.push(control.value);
  }
  return kept;
}

function fill(form, kept) {
  const left = structuredClone(kept);
  for (const control of [...form.elements].filter(isKept)) {
    const list = left[control.name];
    if (!list) continue;
    if (control.type === 'checkbox' || control.type === 'radio') control.checked = list.includes(control.value);
    else if (list.length) control.value = list.shift();
    control.dispatchEvent(new Event('change', { bubbles: true }));
  }
}

function read(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}

function write(key, draft) {
  try { localStorage.setItem(key, JSON.stringify(draft)); } catch { /* full or forbidden: the form still works */ }
}
