/** Text as man(7) prints it. `code` keeps what users type: a hyphen there is a minus, a quote is straight. */
export function prose(text: string): string {
  return guarded(
    text
      .split(typed)
      .map((part, index) => (index % 2 === 1 ? code(part) : escaped(part)))
      .join(''),
  )
}

/** Options, the program's name and ids, wherever they are in a sentence. */
const typed = /((?<![\w-])--?[a-zA-Z][\w-]*|mshare-plan|(?<![\w-])[a-z]+-\d\w*)/

export function code(text: string): string {
  return guarded(escaped(text).replace(/-/g, '\\-').replace(/'/g, '\\(aq'))
}

export function bold(text: string): string {
  return `\\fB${code(text)}\\fR`
}

export function italic(text: string): string {
  return `\\fI${code(text)}\\fR`
}

/** `[options] FILE...` and `-o, --output FILE`: words in capitals are to be replaced. */
export function usage(text: string): string {
  return text
    .split(/([A-Z][A-Z=]*[A-Z]|\b[A-Z]\b|--?[a-zA-Z][\w-]*)/)
    .map((part, index) => {
      if (index % 2 === 0) return code(part)
      return part.startsWith('-') ? bold(part) : italic(part)
    })
    .join('')
}

/** The text in lines of at most 80 bytes, none of which begins with a request. */
export function filled(text: string): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (longer.length > 78 && line !== '') lines.push(line)
    line = longer.length > 78 ? word : longer
  }
  return [...lines, line].map((one) => (one.startsWith('\\&') ? one : guarded(one)))
}

const signs: Readonly<Record<string, string>> = {
  '\\': '\\e',
  '`': '\\(ga',
  '^': '\\(ha',
  '~': '\\(ti',
}

function escaped(text: string): string {
  return text
    .replace(/[\\`^~]/g, (sign) => signs[sign] ?? sign)
    .replace(/[^\n\x20-\x7e]/gu, (sign) => {
      const point = sign.codePointAt(0) ?? 0
      return `\\[u${point.toString(16).toUpperCase().padStart(4, '0')}]`
    })
}

/** A line that begins with a point or a quote would be a request. */
function guarded(text: string): string {
  return text.replace(/^(?=[.'])/gm, '\\&')
}
