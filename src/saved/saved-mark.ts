import { isTooDeep } from './json-depth.ts'

/** True for a text that this program wrote, or that says so: no scenario. */
export function isSaved(text: string): boolean {
  if (!/^\s*\{/.test(text) || !text.includes('"mshare-plan/')) return false
  return opening.test(text) || savedIn(text).schema !== undefined
}

/** How this program opens whatever it writes, also where the rest is no JSON any more. */
const opening = /^\s*\{\s*"schema"\s*:\s*"mshare-plan\//

/** The value of a JSON text and the schema of ours that it names; empty where it names no schema of ours. */
export function savedIn(text: string): { readonly value?: unknown; readonly schema?: string } {
  if (isTooDeep(text)) return {}
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || !('schema' in value)) return {}
    const { schema } = value
    const ours = typeof schema === 'string' && schema.startsWith('mshare-plan/')
    return ours ? { value, schema } : {}
  } catch {
    return {}
  }
}
