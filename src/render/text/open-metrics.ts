import { printable } from '../../units/printable.ts'

export type Labels = Readonly<Record<string, string>>

/** One metric, whose samples stand together. */
export interface MetricFamily {
  /** With the unit at its end, where it has one. */
  readonly name: string
  readonly help: string
  readonly unit?: 'bytes' | 'ratio'
  readonly samples: Iterable<readonly [labels: Labels, value: number]>
}

/**
 * Gauges as OpenMetrics text 1.0, which is also the text format of Prometheus that the textfile
 * collector of node_exporter reads: it takes UNIT and EOF for comments.
 */
export function* renderMetrics(families: Iterable<MetricFamily>): Generator<string, void> {
  for (const { name, help, unit, samples } of families) {
    let head = `# HELP ${name} ${help}\n# TYPE ${name} gauge\n`
    if (unit !== undefined) head += `# UNIT ${name} ${unit}\n`
    for (const [labels, value] of samples) {
      yield `${head}${name}${inBraces(labels)} ${value}\n`
      head = ''
    }
  }
  yield '# EOF\n'
}

function inBraces(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

/** The format escapes three characters, of which a printable text has two. */
function escaped(text: string): string {
  return printable(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')
}
