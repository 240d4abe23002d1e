// A real browser, of packages that only the proof installs.
import chromium from '@sparticuz/chromium'
import { chromium as playwright } from 'playwright-core'

/**
 * What an expression comes to in a page that has loaded a script.
 * @param {string} script
 * @param {string} expression
 * @returns {Promise<unknown>}
 */
export async function evaluateInBrowser(script, expression) {
  const browser = await playwright.launch({
    args: chromium.args,
    executablePath: await chromium.executablePath(),
    headless: true,
  })
  try {
    const page = await browser.newPage()
    await page.addScriptTag({ content: script })
    return await page.evaluate(expression)
  } finally {
    await browser.close()
  }
}
