-- SPDX-License-Identifier: MIT
-- Of four requests three read and one writes. Counts what was acknowledged, by thread; done() adds up and prints it.
local threads = {}

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

function init()
  sent, created, bad = 0, 0, 0
end

local json = { ["Content-Type"] = "application/json" }
local reads = { "/settings/notes", "/storage/notes/documents?limit=5", "/vfs/notes/children?per_page=5" }

function request()
  sent = sent + 1
  local kind = sent % 4
  if kind ~= 0 then
    return wrk.format("GET", "/api/kernel" .. reads[kind])
  end
  local body = '{"name": "d' .. number .. "-" .. sent .. '", "content": "x"}'
  return wrk.format("POST", "/api/kernel/storage/notes/documents", json, body)
end

function response(status)
  if status == 201 then
    created = created + 1
  elseif status ~= 200 then
    bad = bad + 1
  end
end

function done(summary, latency)
  local acknowledged, refused = 0, 0
  for _, thread in ipairs(threads) do
    acknowledged = acknowledged + thread:get("created")
    refused = refused + thread:get("bad")
  end
  local errors = summary.errors
  print(string.format(
    'RESULT {"requests": %d, "acknowledged": %d, "refused": %d, "errors": %d, "p50": %.2f, "p99": %.2f, "seconds": %.2f}',
    summary.requests, acknowledged, refused, errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, summary.duration / 1e6))
end
