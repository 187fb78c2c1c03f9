// 离线也能看: from here on the browser keeps the articles that are read. Nothing else is touched; a browser without this goes on as before.
if ('serviceWorker' in navigator) {
  navigator.serviceWorker.register('/sw.js', { scope: '/', updateViaCache: 'none' }).catch(() => {
    // Private windows refuse; reading needs no worker.
  });
}
