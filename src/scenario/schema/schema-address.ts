/**
 * Where editors find the JSON Schema of scenario files: the published package, read through a CDN,
 * so that the address works wherever a file is copied. It names the major version of the package:
 * a scenario keeps the schema that it was written for.
 */
export const schemaAddress = 'https://unpkg.com/mshare-plan@0/scenarios/scenario.schema.json'
