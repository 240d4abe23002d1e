/** So long it must be quiet, in milliseconds: a slider that moves on by keys is not talked over. */
const quiet = 900

let timer = 0

/** Says a sentence to who listens to the page, unless another follows soon. */
export function announce(text: string): void {
  clearTimeout(timer)
  timer = window.setTimeout(() => {
    const status = document.getElementById('status')
    if (status !== null) status.textContent = text
  }, quiet)
}
