import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

const root = join(import.meta.dirname, '../..')

/** Shipped scenarios, as text. */
export const scenarios: readonly string[] = filesBelow('scenarios')
  .filter((path) => path.endsWith('.yaml'))
  .map(textOf)

/** Trees of the fixtures that are small: path below the root → text. */
export const trees: readonly Readonly<Record<string, string>>[] = readdirSync(
  join(root, 'test/fixtures/proc'),
)
  .map((name) => `test/fixtures/proc/${name}/tree`)
  .filter((path) => readdirSync(join(root, path, '..')).includes('tree'))
  .map((path) =>
    Object.fromEntries(filesBelow(path).map((file) => [file.slice(path.length + 1), textOf(file)])),
  )

/** Archives of the fixtures, unpacked as far as tar. */
export const archives: readonly Uint8Array[] = filesBelow('test/fixtures')
  .filter((path) => /(sysv-and-memfd|node-threads).*[.]gz$|[.]tar$/.test(path))
  .map((path) => {
    const bytes = readFileSync(join(root, path))
    return new Uint8Array(path.endsWith('.gz') ? gunzipSync(bytes) : bytes)
  })

/** Examples of commands and files in the transcripts. */
export const configurations: readonly string[] = filesBelow('test/transcript')
  .filter((path) => path.endsWith('.md'))
  .flatMap((path) => [
    ...textOf(path).matchAll(
      /^```(?:ini|text|conf|ora)? ?\S*[.](?:conf|cnf|ora)\n([\s\S]*?)^```$/gm,
    ),
  ])
  .map(([, text = '']) => text)
  .concat(textOf('scenarios/postgresql.conf'))

/** Files of operators, and what clients of databases print: name and text. */
export const forms: readonly (readonly [file: string, text: string])[] = filesBelow(
  'test/fixtures/imports',
)
  .filter((path) => !path.endsWith('.md'))
  .map((path) => [path.slice(path.lastIndexOf('/') + 1), textOf(path)])

/** Kernel logs with reports of the out-of-memory killer. */
export const kernelLogs: readonly string[] = filesBelow('test/fixtures/oom-reports')
  .filter((path) => /[.](?:txt|log)$/.test(path))
  .map(textOf)

export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .toSorted()
}
