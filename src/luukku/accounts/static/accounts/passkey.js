// Passkeys: shows their buttons where the browser and the address allow them, and says in words when one did not work.
(function () {
  const isAddress = /^[\d.]+$|:/.test(location.hostname)
  const can = Boolean(window.PublicKeyCredential) && !isAddress
  document.querySelectorAll('[data-passkey]').forEach((part) => { part.hidden = !can })
  document.querySelectorAll('[data-no-passkey]').forEach((part) => { part.hidden = can })
  document.addEventListener('allauth.error', (event) => {
    event.preventDefault()
    const words = document.getElementById('passkey-error')
    if (words) words.hidden = false
  })
})()
