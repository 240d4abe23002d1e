#!/usr/bin/env node
require('../dist/bundle/launch.cjs').launch(require.resolve('../dist/bundle/program.cjs'))
