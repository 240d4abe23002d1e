import { sha256 } from '../../units/sha256.ts'
import { htmlText } from './html-text.ts'
import { el } from './markup.ts'

/**
 * The beginning of a page up to its body. It loads nothing, and its policy lets it load nothing.
 * @param script the only one that may run; absent: none.
 */
export function pageHead(title: string, style: string, script?: string): string {
  const policy = [
    "default-src 'none'",
    ...(script === undefined ? [] : [`script-src 'sha256-${base64Sha256(script)}'`]),
    `style-src 'sha256-${base64Sha256(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  const metas = [
    { 'http-equiv': 'Content-Security-Policy', content: policy },
    { name: 'viewport', content: 'width=device-width, initial-scale=1' },
    { name: 'color-scheme', content: 'light dark' },
  ]
  return `<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n${metas.map((one) => htmlText(el('meta', one))).join('')}\n${htmlText(el('title', {}, `${title} - mshare-plan`))}\n<style>${style}</style>\n</head>\n`
}

function base64Sha256(text: string): string {
  const digits = sha256(text)
  const binary = digits.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)))
  return btoa(binary)
}
