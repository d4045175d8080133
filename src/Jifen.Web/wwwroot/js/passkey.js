// 通行密钥: signing in with one, adding one. Where the browser has none, the part of the page stays hidden.
const kinds = {
  'sign-in': {
    options: '/sign-in/passkey/options',
    ask: (json) => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(json) }),
    wrong: '没有用通行密钥登录成功。可以再试一次，或者用登录名和密码。',
  },
  add: {
    options: '/settings/passkey-options',
    ask: (json) => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(json) }),
    wrong: '没有登记成功：设备取消了，或者这台设备已经登记过。',
  },
};

async function start(box, kind) {
  const form = box.querySelector('[data-passkey-form]');
  const wrong = box.querySelector('[data-passkey-wrong]');
  wrong.hidden = true;
  if (!form.reportValidity()) return;
  try {
    const token = new FormData(form).get('__RequestVerificationToken');
    const answer = await fetch(kind.options, { method: 'POST', body: new URLSearchParams({ __RequestVerificationToken: token }) });
    if (!answer.ok) throw new Error(`${answer.status}`);
    const credential = await kind.ask(await answer.json());
    form.elements.credential.value = JSON.stringify(credential);
    form.requestSubmit();
  } catch {
    wrong.textContent = kind.wrong;
    wrong.hidden = false;
  }
}

// Needs https (or localhost), and a browser that reads the options as they are sent.
if (window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
  for (const box of document.querySelectorAll('[data-passkey]')) {
    box.hidden = false;
    box.querySelector('[data-passkey-start]').addEventListener('click', () => start(box, kinds[box.dataset.passkey]));
  }
}
