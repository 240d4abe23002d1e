/** What a reader of lines makes of smaps: what is used of it, or the kind of the fault and its line. */
export type LineReading =
  | {
      readonly anonymous: number
      readonly privateSwap: number
      readonly mappings: readonly object[]
    }
  | { readonly kind: string; readonly line: number }

const opening =
  /^([0-9a-f]{1,13})000-([0-9a-f]{1,13})000 (r|.)(w|.).(s|p) ([0-9a-f]{1,13})000 ([0-9a-f:]*) (\d+) *(.*)$/
const keys = ['KernelPageSize', 'Rss', 'Anonymous', 'Pss', 'Swap', 'Shared_Hugetlb']

interface Block {
  readonly line: number
  readonly header: RegExpExecArray
  readonly fields: Map<string, number>
  flags?: string
}

/** Smaps by the book: line after line, each by a regular expression, and all of it at once. */
export function readLines(text: string): LineReading {
  const blocks: Block[] = []
  for (const [index, line] of text.split('\n').slice(0, -1).entries()) {
    const fault = takeLine(line, index + 1, blocks)
    if (fault !== undefined) return fault
  }
  return faultOf(blocks) ?? summaryOf(blocks)
}

function takeLine(line: string, at: number, blocks: Block[]): LineReading | undefined {
  const block = blocks.at(-1)
  if (block !== undefined && !/^[0-9a-f]/.test(line)) {
    const kind = takeField(line, block)
    return kind === undefined ? undefined : { kind, line: at }
  }
  const header = opening.exec(line)
  const fault = faultOf(blocks)
  if (header === null) return fault ?? { kind: 'strange-line', line: at }
  blocks.push({ line: at, header, fields: new Map() })
  return fault
}

/** @returns what is wrong with the line. */
function takeField(line: string, block: Block): string | undefined {
  if (!/^[A-Z]/.test(line)) return 'strange-line'
  const [, key = '', value = ''] = /^(\w+):(.*)$/.exec(line) ?? []
  if (key === 'VmFlags') block.flags = value
  if (!keys.includes(key)) return undefined
  if (block.fields.has(key)) return 'field-twice'
  const kib = Number(/^ *(\d+) kB$/.exec(value)?.[1])
  if (!(kib * 1024 <= Number.MAX_SAFE_INTEGER)) return 'field-no-kib'
  block.fields.set(key, kib)
  return undefined
}

/** What is wrong with the last mapping once the next begins. */
function faultOf(blocks: readonly Block[]): LineReading | undefined {
  const [before, block] = [blocks.at(-2), blocks.at(-1)]
  if (block === undefined) return undefined
  const lacksFlags = before?.flags !== undefined && block.flags === undefined
  const isWhole = block.fields.has('Rss') && block.fields.has('KernelPageSize')
  return isWhole && !lacksFlags ? undefined : { kind: 'cut-off-mapping', line: block.line }
}

function summaryOf(blocks: readonly Block[]): LineReading {
  const own = blocks.filter(({ header }) => header[5] === 'p')
  const sum = (key: string) => own.reduce((all, { fields }) => all + (fields.get(key) ?? 0), 0)
  return {
    anonymous: sum('Anonymous'),
    privateSwap: sum('Swap'),
    mappings: blocks.map(mappingOf),
  }
}

function mappingOf({ header, fields, flags = '' }: Block): object {
  const [, start = '', end = '', r, w, s, offset = '', device, inode, name] = header
  const [rss = 0, pss = 0] = [fields.get('Rss'), fields.get('Pss')]
  const isShared = s === 's'
  return {
    start: Number.parseInt(start, 16),
    end: Number.parseInt(end, 16),
    readable: r === 'r',
    writable: w === 'w',
    shared: isShared,
    offset: Number.parseInt(offset, 16),
    ...{ device, inode, name, rss },
    swap: fields.get('Swap') ?? 0,
    ...(isShared ? { pss: Math.min(pss, rss), locked: / lo /.test(flags) } : {}),
  }
}
