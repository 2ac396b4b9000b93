// The pages work without this script. It sends files, follows an analysis while it runs, and makes pictures comparable.
'use strict';
(() => {
  const root = document.documentElement.dataset.root;
  const csrf = document.documentElement.dataset.csrf;

  async function api(path, body) {
    const response = await fetch(root + path, {
      method: 'POST', credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json', 'x-csrf-token': csrf }, body: JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.detail || answer.title);
    return answer;
  }

  function put(url, headers, file, progress) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open('PUT', url);
      Object.entries(headers).forEach(([name, value]) => { if (name.toLowerCase() !== 'content-length' && name.toLowerCase() !== 'host') request.setRequestHeader(name, value); });
      request.upload.onprogress = (event) => { if (event.lengthComputable) progress(event.loaded / event.total); };
      request.onload = () => (request.status < 300 ? resolve() : reject(new Error(String(request.status))));
      request.onerror = () => reject(new Error(request.statusText || 'network'));
      request.send(file);
    });
  }

  function uploads(form) {
    const input = form.querySelector('input[type=file]');
    const status = form.querySelector('[role=status]');
    const bar = form.querySelector('progress');
    const text = form.dataset.uploading;
    form.hidden = false;
    async function send(file) {
      if (!file) return;
      bar.hidden = false;
      try {
        const permit = await api('v1/uploads', { contentType: file.type || 'application/octet-stream', bytes: file.size });
        await put(permit.url, permit.headers, file, (share) => {
          bar.value = share;
          status.textContent = text.replace('{0}', Math.round(share * 100) + ' %');
        });
        const analysis = await api('v1/analyses', { uploadId: permit.uploadId, fileName: file.name });
        location.href = root + 'analyses/' + analysis.id;
      } catch (error) {
        bar.hidden = true;
        status.textContent = error.message;
      }
    }
    input.addEventListener('change', () => send(input.files[0]));
    form.addEventListener('dragover', (event) => { event.preventDefault(); form.classList.add('over'); });
    form.addEventListener('dragleave', () => form.classList.remove('over'));
    form.addEventListener('drop', (event) => { event.preventDefault(); form.classList.remove('over'); send(event.dataTransfer.files[0]); });
  }

  // Asks for the page again, first each second and then less often; the answer is empty while nothing has changed.
  function follow(main, shown) {
    let last = shown;
    let tag = '';
    let pause = 1000;
    async function look() {
      if (document.hidden) return setTimeout(look, pause);
      try {
        const response = await fetch(location.href, { credentials: 'same-origin', headers: tag ? { 'If-None-Match': tag } : {} });
        if (response.status === 200) {
          tag = response.headers.get('ETag') || '';
          const next = new DOMParser().parseFromString(await response.text(), 'text/html');
          const fresh = next.querySelector('main');
          if (fresh && fresh.innerHTML !== last) {
            last = fresh.innerHTML;
            main.replaceChildren(...fresh.childNodes);
            document.title = next.title;
            enhance(main);
          }
          if (!fresh || fresh.dataset.running !== 'true') return undefined;
        }
      } catch (error) { /* The network may come back. */ }
      pause = Math.min(pause * 1.15, 8000);
      return setTimeout(look, pause);
    }
    setTimeout(look, pause);
  }

  function enhance(within) {
    within.querySelectorAll('form.drop').forEach(uploads);
    within.querySelectorAll('input[type=range][data-over]').forEach((slider) => {
      const over = document.getElementById(slider.dataset.over);
      slider.addEventListener('input', () => { over.style.opacity = slider.value / 100; });
    });
    within.querySelectorAll('button[data-copy]').forEach((button) => {
      button.hidden = false;
      button.addEventListener('click', async () => {
        await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
        button.textContent = button.dataset.done;
      });
    });
    within.querySelectorAll('input[data-address]').forEach((field) => { field.value = new URL(root + field.dataset.address, location.href).href; });
    within.querySelectorAll('button[data-print]').forEach((button) => {
      button.hidden = false;
      button.addEventListener('click', () => window.print());
    });
  }

  // A report on paper has all data; pictures that stay behind a click are not in it.
  window.addEventListener('beforeprint', () => {
    document.querySelectorAll('details.data').forEach((details) => { details.open = true; });
  });

  const main = document.querySelector('main');
  const shown = main.innerHTML;
  enhance(main);
  if (main.dataset.running === 'true') follow(main, shown);
})();
