// Programs of others that read the formats back.
import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' }
import Ajv from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import { parse } from 'csv-parse/sync'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { marked } from 'marked'
import parsePrometheus from 'parse-prometheus-text-format'

/** @param {string} text @returns {readonly Record<string, string>[]} */
export function readCsv(text) {
  return parse(text, { columns: true })
}

/** @param {string} text @returns {readonly { readonly name: string }[]} */
export function readSuites(text) {
  const fault = XMLValidator.validate(text)
  if (fault !== true) throw new Error(JSON.stringify(fault))
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' })
  return parser.parse(text).testsuites.testsuite
}

/** The schema is MIT-licensed with the package of Microsoft. @returns {(log: unknown) => string} */
export function sarifFaults() {
  const ajv = new Ajv.default({ strict: false, unicodeRegExp: false })
  addFormats.default(ajv)
  const validate = ajv.compile(schema)
  return (log) => (validate(log) ? '' : JSON.stringify(validate.errors))
}

/**
 * @param {string} text
 * @returns {readonly { readonly name: string, readonly metrics: readonly { readonly labels?: Record<string, string> }[] }[]}
 */
export function readMetrics(text) {
  return parsePrometheus(text)
}

/** @param {string} text @returns {Promise<string>} */
export function renderMarkdown(text) {
  return Promise.resolve(marked.parse(text, { gfm: true }))
}
