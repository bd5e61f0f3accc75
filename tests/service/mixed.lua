-- SPDX-License-Identifier: MIT
-- Of five requests three read, one creates a document, and one writes into the file of its thread: wrk ... URL -- FILE FILE.
-- done() prints the figures, and what was acknowledged: DOCUMENT id, or VERSION file number content.
local threads = {}

function setup(thread)
  thread:set("number", #threads + 1)
  table.insert(threads, thread)
end

function init(args)
  sent, bad, acknowledged = 0, 0, {}
  file = args[number]
end

local json = { ["Content-Type"] = "application/json" }
local reads = { "/settings/notes", "/storage/notes/documents?limit=5", "/vfs/notes/children?per_page=5" }

function request()
  sent = sent + 1
  local kind = sent % 5
  if reads[kind] then
    return wrk.format("GET", "/api/kernel" .. reads[kind])
  end
  local text = number .. "-" .. sent -- no other request has it
  if kind == 0 then
    local body = '{"name": "' .. text .. '", "content": "x"}'
    return wrk.format("POST", "/api/kernel/storage/notes/documents", json, body)
  end
  return wrk.format("PUT", "/api/kernel/vfs/notes/files/" .. file, json, '{"content": "' .. text .. '"}')
end

function response(status, headers, body)
  if status ~= 200 and status ~= 201 then
    bad = bad + 1
    return
  end
  local id = body:match('^{"id": *"([^"]+)"') -- lists begin otherwise
  if status == 201 then
    table.insert(acknowledged, "DOCUMENT " .. id)
  elseif id then
    local version, content = body:match('"version": *(%d+)'), body:match('"content": *"([^"]+)"')
    table.insert(acknowledged, "VERSION " .. id .. " " .. version .. " " .. content)
  end
end

function done(summary, latency)
  local refused = 0
  for _, thread in ipairs(threads) do
    refused = refused + thread:get("bad")
    for _, each in ipairs(thread:get("acknowledged")) do
      print(each)
    end
  end
  local errors = summary.errors
  print(string.format(
    'RESULT {"requests": %d, "refused": %d, "errors": %d, "p50": %.2f, "p99": %.2f, "seconds": %.2f}',
    summary.requests, refused, errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, summary.duration / 1e6))
end
