import { defaultKernel, newestKernel } from '../../accounting/counters.ts'
import { parseAddress } from '../../units/address.ts'
import { parseMode } from '../../units/file-mode.ts'
import { writeKernel } from '../../units/kernel-version.ts'
import { bytes } from '../../units/quantity.ts'
import { formed, text } from './fields.ts'
import { parseKernel } from './kernel-version.ts'
import type { Shape } from './shape.ts'
import { isStrategyId, suggestStrategy } from './strategy-ids.ts'

/** Of a region, group, control group or reserve: any text that is not empty. */
export function name(of: string): Shape<string> {
  return text(`Name ${of}.`, `the name ${of}`, 'the name is empty')
}

/** Read from the source text: `6.10` is not 6.1. */
export const kernelText: Shape<string> = formed(
  (value) => parseKernel(value) !== undefined,
  (written) => ({
    message: `\`${written}\` is not a kernel release`,
    expected: 'a release such as `6.10`, or what `uname -r` prints',
    ...suggestKernel(written),
  }),
  {
    description: `Linux release, 4.15 or later: decides what the counters of /proc count; after ${writeKernel(newestKernel)} it plans as that. Quote it: "6.10". Default: ${writeKernel(defaultKernel)}, the newest whose source was read.`,
    type: ['string', 'number'],
    default: writeKernel(defaultKernel),
  },
)

/** An octal file mode, `0660`. */
export const modeText: Shape<string> = formed(
  (value) => parseMode(value) !== undefined,
  (written) => ({
    message: `\`${written}\` is not an octal file mode`,
    expected: 'an octal mode that begins with 0, from "0000" to "0777"',
    ...(/^[0-7]{3}$/.test(written) ? { suggestion: `write "0${written}"` } : {}),
  }),
  {
    description: 'Octal file mode of the region. Default: 0600.',
    type: 'string',
    pattern: '^0o?[0-7]{1,3}$',
    default: '0600',
  },
)

/** `auto`, or an address. Whether it is aligned depends on the layout. */
export const addressText: Shape<string> = formed(
  (value) => value === 'auto' || isAddress(value),
  (written) => ({
    message: `\`${written}\` is not an address`,
    expected: '`auto`, or a 64-bit address such as "0x7f0000000000"',
  }),
  {
    description: 'Address of the mapping, or auto. Default: auto.',
    type: 'string',
    pattern: '^(auto|0x[0-9a-fA-F]+)$',
    default: 'auto',
  },
)

export function strategyId(description: string): Shape<string> {
  return formed(
    isStrategyId,
    (written) => ({ message: `no strategy is called \`${written}\``, ...suggestStrategy(written) }),
    { description, type: 'string' },
  )
}

/** In pages: in bytes, the upper half of a 64-bit address space would be past 2^53 − 1. */
function isAddress(value: string): boolean {
  const reading = parseAddress(value, bytes(4096))
  return reading.ok || reading.fault === 'not-aligned'
}

function suggestKernel(written: string): { readonly suggestion?: string } {
  if (/^\d+$/.test(written)) return { suggestion: `write "${written}.0"` }
  const bare = written.replace(/^v/i, '')
  return bare !== written && parseKernel(bare) ? { suggestion: `write "${bare}"` } : {}
}
