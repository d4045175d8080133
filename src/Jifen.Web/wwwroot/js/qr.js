// The page on the projector: the code and the count are fetched anew every few seconds. An old code fades rather than deceives.
for (const image of document.querySelectorAll('img[data-refresh]')) {
  const address = image.getAttribute('src');
  every(image.dataset.refresh, async () => {
    const next = new Image();
    next.src = `${address}${address.includes('?') ? '&' : '?'}at=${Date.now()}`;
    try {
      await next.decode();
      image.src = next.src;
      image.classList.remove('jf-stale');
    } catch {
      image.classList.add('jf-stale');
    }
  });
}

for (const element of document.querySelectorAll('[data-fragment]')) {
  every(element.dataset.every, async () => {
    try {
      const answer = await fetch(element.dataset.fragment, { cache: 'no-store', signal: AbortSignal.timeout(8000) });
      const text = await answer.text();
      if (answer.ok && text !== element.textContent) element.textContent = text;
    } catch { /* the next turn will tell */ }
  });
}

function every(seconds, action) {
  const turn = async () => {
    if (!document.hidden) await action();
    setTimeout(turn, Math.max(2, Number(seconds) || 20) * 1000);
  };
  setTimeout(turn, Math.max(2, Number(seconds) || 20) * 1000);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) action(); });
}

// A screen that goes dark helps nobody.
navigator.wakeLock?.request('screen').catch(() => {});
