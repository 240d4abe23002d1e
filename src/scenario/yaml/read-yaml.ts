import type {
  CST,
  Document,
  DocumentOptions,
  ParsedNode,
  ParseOptions,
  SchemaOptions,
  YAMLParseError,
} from 'yaml'
import { Composer, isCollection, Lexer, Parser } from 'yaml'
import { buildTree } from './build-tree.ts'
import { explainSyntax } from './syntax-words.ts'
import type { LocatedFlaw, Source, YamlNode } from './yaml-tree.ts'

/** The text as a tree or, where it is no YAML, what is wrong with it. */
export interface YamlReading {
  readonly root?: YamlNode
  readonly flaws: readonly LocatedFlaw[]
}

/** Far beyond any scenario; below what would take seconds or overflow a stack. */
const limits = {
  characters: 4 * 2 ** 20,
  nesting: 64,
  tokens: 300_000,
  tags: 1000,
  syntaxErrors: 20,
}

/**
 * Reads one YAML document; JSON is YAML. Strict: one document, no tags, no repeated keys, plain
 * values by the YAML 1.2 core rules whatever the document declares. Never throws: a text that is
 * binary, empty, too large or nested too deeply is a flaw, found before the work it would cost.
 * @param source positions are offsets into its text.
 * @param start where in the text to begin.
 */
export function readYaml(source: Source, start = 0): YamlReading {
  const unreadable = refusal(source, start)
  if (unreadable !== undefined) return { flaws: [unreadable] }
  const text = source.text.slice(start)
  const tokens = tokensOf(text)
  if (!Array.isArray(tokens)) {
    return { flaws: [{ ...tokens.flaw, spot: { source, offset: start + tokens.offset } }] }
  }
  const documents = [...new Composer(composing()).compose(tokens, true, text.length)]
  const place = (offset: number) => ({ source, offset: start + offset })
  const flaws = syntaxFlaws(documents, text, place)
  const contents = documents[0]?.contents
  if (flaws.length > 0 || contents === undefined || contents === null) return { flaws }
  return buildTree(contents as ParsedNode, text, place)
}

type Place = (offset: number) => { readonly source: Source; readonly offset: number }
type Parsed = Document.Parsed | Document

/**
 * How the library reads a scenario. Repeated keys are found in build-tree.ts: the library compares
 * each key with all before it.
 */
export function composing(): ParseOptions & DocumentOptions & SchemaOptions {
  return {
    schema: 'core',
    uniqueKeys: false,
    merge: false,
    prettyErrors: false,
    keepSourceTokens: false,
    logLevel: 'silent',
  }
}

function refusal(source: Source, start: number): LocatedFlaw | undefined {
  const { text } = source
  if (text.length > limits.characters) {
    return {
      message: `the file is too large for a scenario: ${text.length} characters`,
      expected: `at most ${limits.characters} characters`,
      spot: { source, offset: 0 },
    }
  }
  const binary = text.indexOf('\0')
  if (binary !== -1) {
    return {
      message: 'a binary file, not a scenario',
      expected: 'a YAML or JSON text in UTF-8',
      spot: { source, offset: binary },
    }
  }
  if (/\S/.test(text.slice(start))) return undefined
  return { message: 'the text is empty', expected, spot: { source, offset: start } }
}

const expected = 'a scenario in YAML or JSON'
const nothingButComments = 'no value, only comments or document marks'

interface Refused {
  readonly offset: number
  readonly flaw: { readonly message: string; readonly expected: string }
}

/** Tokens, unless the nesting or their number would cost the composer its stack or its time. */
function tokensOf(text: string): CST.Token[] | Refused {
  const parser = new Parser()
  const tokens: CST.Token[] = []
  let [lexemes, tags] = [0, 0]
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme))
    lexemes += 1
    if (lexeme.startsWith('!')) tags += 1
    const flaw = tooMuch(parser.stack.length, lexemes, tags)
    if (flaw !== undefined) return { flaw, offset: Math.max(0, parser.offset - lexeme.length) }
  }
  tokens.push(...parser.end())
  return tokens
}

function tooMuch(nesting: number, lexemes: number, tags: number): Refused['flaw'] | undefined {
  if (nesting > limits.nesting) {
    return {
      message: 'nested too deeply for a scenario',
      expected: `at most ${limits.nesting} levels`,
    }
  }
  // The composer's time grows with the square of the tags before one value.
  if (tags > limits.tags)
    return { message: 'tags have no meaning in a scenario', expected: 'no tags' }
  if (lexemes <= limits.tokens) return undefined
  return { message: 'too many values for a scenario', expected: `at most ${limits.tokens} tokens` }
}

function syntaxFlaws(
  documents: readonly Parsed[],
  text: string,
  place: Place,
): readonly LocatedFlaw[] {
  const [first, second] = documents
  if (first === undefined) return [{ message: nothingButComments, expected, spot: place(0) }]
  if (first.errors.length > 0) {
    const isFlow = isCollection(first.contents) && first.contents.flow === true
    return syntaxErrors(first.errors, text).map((error) => {
      const [at] = error.pos
      const { message, ...hint } = explainSyntax(error, text.slice(at), isFlow)
      return { message: `neither YAML nor JSON: ${message}`, ...hint, spot: place(at) }
    })
  }
  if (second !== undefined) {
    return [
      {
        message: 'a second document begins here',
        expected: 'one scenario in one file',
        suggestion:
          'put each scenario into a file of its own: several files are planned in one run',
        spot: place(second.range?.[0] ?? 0),
      },
    ]
  }
  return first.contents === null ? [{ message: nothingButComments, expected, spot: place(0) }] : []
}

/**
 * Without what follows from an error before it: what the parser says of the same place, of the rest of
 * the line behind a token that it did not expect, and behind the end of what it understood.
 */
function syntaxErrors(errors: readonly YAMLParseError[], text: string): readonly YAMLParseError[] {
  const told: YAMLParseError[] = []
  for (const error of errors) {
    const [at, before] = [error.pos[0], told.at(-1)]
    const isLost = before !== undefined && / in YAML stream/.test(error.message)
    const isBehind =
      before?.code === 'UNEXPECTED_TOKEN' && !text.slice(before.pos[0], at).includes('\n')
    if (!isLost && !isBehind && told.every(({ pos }) => pos[0] !== at)) told.push(error)
    if (told.length === limits.syntaxErrors) break
  }
  return told
}
