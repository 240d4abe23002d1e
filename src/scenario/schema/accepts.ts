import type { Optional, Shape } from './shape.ts'

/** Whether data has a shape. It is what zod would say of {@link ../zod/zod-of.ts}, without loading zod. */
export function accepts(shape: Shape | Optional, value: unknown): boolean {
  switch (shape.kind) {
    case 'optional':
      return value === undefined || accepts(shape.shape, value)
    case 'field':
      return shape.check(value) === undefined
    case 'exactly':
      return value === shape.value
    case 'either':
      return shape.options.some((option) => accepts(option, value))
    case 'list':
      return Array.isArray(value) && value.every((item) => accepts(shape.items, item))
    case 'names':
      return (
        isMapping(value) &&
        Object.keys(value).every(
          (name) => accepts(shape.name, name) && accepts(shape.values, value[name]),
        )
      )
    case 'keys':
      return (
        isMapping(value) &&
        Object.keys(value).every((key) => Object.hasOwn(shape.keys, key)) &&
        Object.entries(shape.keys).every(([key, inner]) => accepts(inner, value[key])) &&
        shape.judge?.(value) === undefined
      )
  }
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
