/**
 * What an unquoted YAML value is, by the core schema of YAML 1.2 (section 10.3.2): `yes`, `on` and
 * `1_000` are text, `0x10` is 16.
 */
export function plainValue(text: string): string | number | boolean | null {
  if (/^(?:~|null|Null|NULL)?$/.test(text)) return null
  if (/^(?:true|True|TRUE)$/.test(text)) return true
  if (/^(?:false|False|FALSE)$/.test(text)) return false
  if (/^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:e[-+]?\d+)?$/i.test(text)) return Number(text)
  if (/^0(?:o[0-7]+|x[\da-f]+)$/i.test(text) && !/^0[OX]/.test(text)) return Number(text)
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(text)) {
    return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  }
  return /^\.(?:nan|NaN|NAN)$/.test(text) ? Number.NaN : text
}
