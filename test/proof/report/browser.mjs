// A real browser: the one in MSHARE_PLAN_BROWSER, or that of a package which only the proof installs.
import chromium from '@sparticuz/chromium'
import axe from 'axe-core'
import { HtmlValidate } from 'html-validate'
import { chromium as playwright } from 'playwright-core'

/** @returns {Promise<import('./browser-types.ts').Browser>} */
export async function openBrowser() {
  const own = process.env.MSHARE_PLAN_BROWSER
  return playwright.launch({
    ...(own === undefined ? { args: chromium.args } : {}),
    executablePath: own ?? (await chromium.executablePath()),
    headless: true,
  })
}

/** The script of axe-core, which offers itself as `axe`. @type {string} */
export const axeScript = axe.source

/** @param {string} html @returns {Promise<readonly string[]>} what html-validate finds fault with */
export async function htmlFaults(html) {
  const { results } = await new HtmlValidate({
    extends: ['html-validate:standard'],
  }).validateString(html)
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line, column }) => `${line}:${column} ${ruleId}: ${message}`),
  )
}
