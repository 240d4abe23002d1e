import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const docs = join(import.meta.dirname, '../../docs')

/** Documents that ship and that the program prints, by their paths in the fake world. */
export const documents: Readonly<Record<string, string>> = {
  'docs/result.schema.json': readFileSync(join(docs, 'result.schema.json'), 'utf8'),
  ...Object.fromEntries(
    readdirSync(join(docs, 'findings')).map((name) => [
      `docs/findings/${name.slice(0, 'MSP012'.length)}.md`,
      readFileSync(join(docs, 'findings', name), 'utf8'),
    ]),
  ),
}
