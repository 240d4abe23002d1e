import type { ReportEntry } from './report-data.ts'

/** Name of the file that holds the changed scenario: `server.changed.yaml` of `hosts/server.yaml`. */
export function fileNameFor({ file, name }: Pick<ReportEntry, 'file' | 'name'>): string {
  const base = file === undefined || file === '-' ? name : (file.split(/[/\\]/).at(-1) ?? name)
  const stem = base.replace(/[.](ya?ml|json|ndjson|jsonl)$/i, '').replaceAll(/[^\w.-]+/g, '-')
  const short = stem.replace(/^[.-]+|[.-]+$/g, '').slice(0, 60)
  return `${short === '' ? 'scenario' : short}.changed.yaml`
}
