import type { Shape } from '../schema/shape.ts'
import type { Complaint } from '../yaml/issue.ts'
import type { PlainData, TextAt } from '../yaml/plain-data.ts'
import { explainSchemaIssues } from './explain-schema-issues.ts'
import { zodOf } from './zod-of.ts'

/** What is wrong with data that should have a shape: all of it, each with its path. */
export function schemaComplaints(
  shape: Shape,
  data: PlainData,
  textAt?: TextAt,
): readonly Complaint[] {
  const schema = zodOf(shape)
  const checked = schema.safeParse(data)
  return checked.success ? [] : explainSchemaIssues(checked.error.issues, data, schema, textAt)
}
