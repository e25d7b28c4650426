-- Wireshark dissector for the messages of mcast-tui: JSON messages ({"mcast":1,…), blocks of files (MCF1), sealed
-- messages (MCS1), and the plain three bytes "ack". Heuristic: it knows them by how they begin, on any port.
--
-- Runs on Wireshark 3.6 to 4.6, which means Lua 5.2 to 5.4: no bit operators, no integer division, no utf8 library.
-- What it is given may be hostile: everything is bounded and checked, and nothing may raise an error.

local proto = Proto("mcast", "mcast-tui")

-- Fields ---------------------------------------------------------------------------------------------------------

local f = {
  kind = ProtoField.string("mcast.kind", "Kind"),
  version = ProtoField.uint32("mcast.version", "Version", base.DEC),
  id = ProtoField.string("mcast.id", "Sender's identity", base.NONE, "Random for each start"),
  name = ProtoField.string("mcast.name", "Sender's name"),
  seq = ProtoField.uint64("mcast.seq", "Sequence number", base.DEC),
  at = ProtoField.double("mcast.at", "Sender's clock (ms since 1970)"),
  time = ProtoField.absolute_time("mcast.time", "Sender's clock"),
  age = ProtoField.double("mcast.age", "Age at this host (ms)", "Arrival minus the sender's clock: delay and the difference of two clocks"),
  ttl = ProtoField.uint8("mcast.ttl", "TTL it was sent with", base.DEC),
  every = ProtoField.double("mcast.every", "Next heartbeat in (ms)"),
  up = ProtoField.double("mcast.up", "Up for (ms)"),
  text = ProtoField.string("mcast.text", "Text"),
  of = ProtoField.uint64("mcast.of", "Acknowledges sequence number", base.DEC),
  hears = ProtoField.none("mcast.hears", "Hears"),
  hears_id = ProtoField.string("mcast.hears.id", "Of sender"),
  hears_name = ProtoField.string("mcast.hears.name", "Of sender named", base.NONE, "From an earlier message of that sender"),
  hears_seq = ProtoField.uint64("mcast.hears.seq", "Highest sequence number", base.DEC),
  hears_got = ProtoField.uint64("mcast.hears.got", "Received", base.DEC),
  hears_lost = ProtoField.uint64("mcast.hears.lost", "Lost", base.DEC),
  hears_loss = ProtoField.double("mcast.hears.loss", "Loss (%)"),
  hears_dup = ProtoField.uint64("mcast.hears.dup", "Duplicates", base.DEC),
  hears_jitter = ProtoField.double("mcast.hears.jitter", "Jitter (ms)"),
  hears_at = ProtoField.double("mcast.hears.at", "Newest clock heard (ms since 1970)"),
  hears_held = ProtoField.double("mcast.hears.held", "Held for (ms)"),
  share = ProtoField.string("mcast.share", "Share"),
  share_title = ProtoField.string("mcast.share.title", "Title"),
  share_files = ProtoField.uint64("mcast.share.files", "Files", base.DEC),
  share_bytes = ProtoField.uint64("mcast.share.bytes", "Bytes", base.DEC),
  share_control = ProtoField.uint16("mcast.share.control", "Control port (TCP)", base.DEC),
  share_mode = ProtoField.string("mcast.share.mode", "Mode"),
  share_clients = ProtoField.uint64("mcast.share.clients", "Receivers waited for", base.DEC),
  share_key = ProtoField.string("mcast.share.key", "Key of the content"),
  block_token = ProtoField.uint32("mcast.block.token", "Token of the transfer", base.HEX),
  block_number = ProtoField.uint32("mcast.block.number", "Number of the datagram", base.DEC),
  block_first = ProtoField.uint32("mcast.block.first", "First block", base.DEC),
  block_count = ProtoField.uint32("mcast.block.count", "Blocks mixed", base.DEC),
  block_id = ProtoField.uint32("mcast.block.id", "Block", base.DEC),
  block_data = ProtoField.bytes("mcast.block.data", "Data"),
  sealed = ProtoField.bytes("mcast.sealed", "Sealed message"),
  json = ProtoField.string("mcast.json", "JSON"),
  gap = ProtoField.uint64("mcast.gap", "Numbers missing before this one", base.DEC),
  late = ProtoField.bool("mcast.late", "Out of order, or seen before"),
  restart = ProtoField.string("mcast.restart", "Started again; identity before"),
  malformed = ProtoField.string("mcast.malformed", "Malformed"),
}

local e = {
  gap = ProtoExpert.new("mcast.expert.gap", "Datagrams are missing before this one", expert.group.SEQUENCE, expert.severity.WARN),
  late = ProtoExpert.new("mcast.expert.late", "Out of order, or seen before", expert.group.SEQUENCE, expert.severity.NOTE),
  restart = ProtoExpert.new("mcast.expert.restart", "The node was started again", expert.group.SEQUENCE, expert.severity.NOTE),
  malformed = ProtoExpert.new("mcast.expert.malformed", "Malformed message", expert.group.MALFORMED, expert.severity.ERROR),
  cut = ProtoExpert.new("mcast.expert.cut", "The packet was cut while it was captured", expert.group.UNDECODED, expert.severity.NOTE),
  unknown = ProtoExpert.new("mcast.expert.unknown", "A kind that this dissector does not know", expert.group.UNDECODED, expert.severity.NOTE),
}

do
  local fields, experts = {}, {}
  for _, field in pairs(f) do fields[#fields + 1] = field end
  for _, each in pairs(e) do experts[#experts + 1] = each end
  proto.fields = fields
  proto.experts = experts
end

-- Bounds ---------------------------------------------------------------------------------------------------------

local MESSAGE_LIMIT = 1200     -- bytes of a message of ours
local TEXT_LIMIT = 10240       -- bytes that are looked at as text
local DEPTH_LIMIT = 64         -- nested JSON
local REPORT_LIMIT = 64        -- reports in a heartbeat
local LAST_INSTANT = 8.64e15   -- ms, the last that JavaScript knows
local MAX_COUNT = 9007199254740991
local SENDERS_LIMIT = 20000    -- senders remembered for gaps and restarts
local SPACE = "^[ \t\r\n]*"

-- Text -----------------------------------------------------------------------------------------------------------

local function utf8_char(code)
  local floor = math.floor
  if code < 0x80 then return string.char(code) end
  if code < 0x800 then return string.char(0xC0 + floor(code / 64), 0x80 + code % 64) end
  if code < 0x10000 then
    return string.char(0xE0 + floor(code / 4096), 0x80 + floor(code / 64) % 64, 0x80 + code % 64)
  end
  return string.char(0xF0 + floor(code / 262144), 0x80 + floor(code / 4096) % 64,
    0x80 + floor(code / 64) % 64, 0x80 + code % 64)
end

-- RFC 3629 §4. True for a whole text.
local function is_utf8(text)
  local at, length, byte = 1, #text, string.byte
  while at <= length do
    local first = byte(text, at)
    local more, low, high = 0, 0x80, 0xBF
    if first >= 0x80 then
      if first < 0xC2 or first > 0xF4 then return false end
      if first < 0xE0 then more = 1
      elseif first < 0xF0 then
        more = 2
        if first == 0xE0 then low = 0xA0 elseif first == 0xED then high = 0x9F end
      else
        more = 3
        if first == 0xF0 then low = 0x90 elseif first == 0xF4 then high = 0x8F end
      end
      for i = 1, more do
        local next_byte = byte(text, at + i)
        if not next_byte or next_byte < low or next_byte > high then return false end
        low, high = 0x80, 0xBF
      end
    end
    at = at + more + 1
  end
  return true
end

-- Control characters become visible stand-ins (U+2400 block), as in the program itself.
local function safe(text)
  return (text:gsub("[\0-\31\127]", function(char)
    local code = char:byte()
    return utf8_char(code == 127 and 0x2421 or 0x2400 + code)
  end))
end

-- JSON: a value with the place in the text that it came from ----------------------------------------------------

-- Node: { type = "object" | "array" | "string" | "number" | "boolean" | "null", value, from, to }; `to` is inclusive.
local parse_value

local escapes = { ['"'] = '"', ["\\"] = "\\", ["/"] = "/", b = "\b", f = "\f", n = "\n", r = "\r", t = "\t" }

local function skip(text, at)
  local _, last = text:find(SPACE, at)
  return last + 1
end

local function parse_string(text, at)
  local parts, from = {}, at
  at = at + 1
  while true do
    local stop = text:find('["\\\0-\31]', at)
    if not stop then return nil end
    parts[#parts + 1] = text:sub(at, stop - 1)
    local char = text:sub(stop, stop)
    if char == '"' then
      return { type = "string", value = table.concat(parts), from = from, to = stop }
    elseif char ~= "\\" then
      return nil
    end
    local code = text:sub(stop + 1, stop + 1)
    if code == "u" then
      local hex = text:match("^%x%x%x%x", stop + 2)
      if not hex then return nil end
      local point = tonumber(hex, 16)
      at = stop + 6
      if point >= 0xD800 and point <= 0xDBFF then
        local low = text:match("^\\u([dD][c-fC-F]%x%x)", at)
        if low then
          point = 0x10000 + (point - 0xD800) * 1024 + (tonumber(low, 16) - 0xDC00)
          at = at + 6
        else
          point = 0xFFFD
        end
      elseif point >= 0xDC00 and point <= 0xDFFF then
        point = 0xFFFD
      end
      parts[#parts + 1] = utf8_char(point)
    else
      if not escapes[code] then return nil end
      parts[#parts + 1] = escapes[code]
      at = stop + 2
    end
  end
end

local function parse_number(text, at)
  local whole = text:match("^%-?%d+", at)
  if not whole or whole:find("^%-?0%d") then return nil end
  local stop = at + #whole
  local fraction = text:match("^%.%d+", stop) or ""
  stop = stop + #fraction
  local exponent = text:match("^[eE][%+%-]?%d+", stop) or ""
  stop = stop + #exponent
  local value = tonumber(whole .. fraction .. exponent)
  -- A float in every Lua, so that no integer wraps around.
  return value and { type = "number", value = value + 0.0, from = at, to = stop - 1 }
end

-- Adds a member to a node and returns the last place of it, or nil.
local function parse_member(text, at, depth, node)
  if text:sub(at, at) ~= '"' then return nil end
  local key = parse_string(text, at)
  if not key then return nil end
  at = skip(text, key.to + 1)
  if text:sub(at, at) ~= ":" then return nil end
  local value = parse_value(text, skip(text, at + 1), depth)
  if not value then return nil end
  value.key_from = key.from
  node.value[key.value] = value
  return value.to
end

local function parse_element(text, at, depth, node)
  local value = parse_value(text, at, depth)
  if not value then return nil end
  node.value[#node.value + 1] = value
  return value.to
end

-- An object or an array: what `parse_one` reads, with commas between.
local function parse_list(text, at, depth, node, close, parse_one)
  node.value, node.from = {}, at
  at = skip(text, at + 1)
  if text:sub(at, at) == close then
    node.to = at
    return node
  end
  while true do
    local last = parse_one(text, at, depth + 1, node)
    if not last then return nil end
    at = skip(text, last + 1)
    local char = text:sub(at, at)
    if char == close then
      node.to = at
      return node
    elseif char ~= "," then
      return nil
    end
    at = skip(text, at + 1)
  end
end

parse_value = function(text, at, depth)
  if depth > DEPTH_LIMIT then return nil end
  local char = text:sub(at, at)
  if char == "{" then return parse_list(text, at, depth, { type = "object" }, "}", parse_member) end
  if char == "[" then return parse_list(text, at, depth, { type = "array" }, "]", parse_element) end
  if char == '"' then return parse_string(text, at) end
  for word, value in pairs({ ["true"] = true, ["false"] = false }) do
    if text:sub(at, at + #word - 1) == word then
      return { type = "boolean", value = value, from = at, to = at + #word - 1 }
    end
  end
  if text:sub(at, at + 3) == "null" then return { type = "null", from = at, to = at + 3 } end
  return parse_number(text, at)
end

-- The whole text is one value, or nil.
local function parse(text)
  local value = parse_value(text, skip(text, 1), 0)
  if not value or skip(text, value.to + 1) <= #text then return nil end
  return value
end

-- Checks of a message's fields: each returns the value when it holds, else nil ------------------------------------

local function count_in(node)
  local ok = node and node.type == "number" and node.value >= 0 and node.value <= MAX_COUNT
    and node.value == math.floor(node.value)
  return ok and node.value or nil
end

local function number_in(node)
  local ok = node and node.type == "number" and node.value >= 0 and node.value <= LAST_INSTANT
  return ok and node.value or nil
end

local function string_in(node)
  return node and node.type == "string" and node.value:find("%S") and node.value or nil
end

local function hex_in(node, digits)
  local ok = node and node.type == "string" and #node.value == digits and not node.value:find("[^0-9a-f]")
  return ok and node.value or nil
end

local function uint64(value)
  return UInt64.new(math.floor(value % 4294967296), math.floor(value / 4294967296))
end

-- What earlier packets said: numbers, names, who was started again ------------------------------------------------

local senders      -- "id group" → highest sequence number
local nodes        -- "name address group" → identity, and whether it said bye
local names        -- identity → name
local remembered   -- how many senders there are
local findings     -- packet and place in it → what was found the first time that it was looked at

local function forget()
  senders, nodes, names, findings, remembered = {}, {}, {}, {}, 0
end
forget()
proto.init = forget

-- Wireshark looks at a packet many times, and only the first time in order.
local function judge(pinfo, key, message)
  if pinfo.visited then return findings[key] or {} end
  -- An ack is unicast and repeats the newest number of the group.
  if message.kind == "ack" then return {} end
  local found = {}
  local group = tostring(pinfo.dst) .. " " .. pinfo.dst_port
  local sender = message.id .. " " .. group
  if not senders[sender] then
    if remembered >= SENDERS_LIMIT then return found end
    remembered = remembered + 1
  end
  names[message.id] = message.name

  local node_key = message.name .. " " .. tostring(pinfo.src) .. " " .. group
  local node = nodes[node_key]
  if node and node.id ~= message.id and not node.bye and not senders[sender] then
    found.restart = node.id
  end
  nodes[node_key] = { id = message.id, bye = message.kind == "bye" }

  local highest = senders[sender]
  if highest and message.seq > highest + 1 then
    found.gap = message.seq - highest - 1
  elseif highest and message.seq <= highest then
    found.late = true
  end
  senders[sender] = math.max(highest or 0, message.seq)
  if next(found) then findings[key] = found end
  return found
end

-- Drawing --------------------------------------------------------------------------------------------------------

local function malformed(tree, range, reason)
  local item = tree:add(f.malformed, range, reason)
  item:add_proto_expert_info(e.malformed, "Malformed message: " .. reason)
end

-- `part` gives the bytes that a node of the JSON came from, with its key.
local function ranges_of(range)
  return function(node)
    local from = node.key_from or node.from
    return range(from - 1, node.to - from + 1)
  end
end

local function add_report(tree, part, report)
  local value = report.value
  if report.type ~= "object" then return false end
  local id = hex_in(value.id, 16)
  local seq, got, lost, dup = count_in(value.seq), count_in(value.got), count_in(value.lost), count_in(value.dup)
  local jitter, at, held = number_in(value.jitter), number_in(value.at), number_in(value.held)
  if not (id and seq and got and lost and dup and jitter and at and held) then return false end

  local branch = tree:add(f.hears, part(report))
  local name = names[id]
  branch:append_text(string.format(" %s: lost %.0f of %.0f, jitter %.3f ms", safe(name or id), lost, got + lost, jitter))
  branch:add(f.hears_id, part(value.id), id)
  if name then branch:add(f.hears_name, part(value.id), safe(name)):set_generated() end
  branch:add(f.hears_seq, part(value.seq), uint64(seq))
  branch:add(f.hears_got, part(value.got), uint64(got))
  branch:add(f.hears_lost, part(value.lost), uint64(lost))
  local loss = got + lost > 0 and 100 * lost / (got + lost) or 0
  branch:add(f.hears_loss, part(value.lost), loss + 0.0):set_generated()
  branch:add(f.hears_dup, part(value.dup), uint64(dup))
  branch:add(f.hears_jitter, part(value.jitter), jitter)
  branch:add(f.hears_at, part(value.at), at)
  branch:add(f.hears_held, part(value.held), held)
  return true
end

-- Each adds the fields of its kind and returns what the list of packets says; or nil and the field that is wrong.
local bodies = {}

function bodies.heartbeat(tree, part, value)
  local every = number_in(value.every)
  if not every or every < 1 then return nil, "every" end
  tree:add(f.every, part(value.every), every)
  if value.up then
    local up = number_in(value.up)
    if not up then return nil, "up" end
    tree:add(f.up, part(value.up), up)
  end
  if not value.hears then return "" end
  if value.hears.type ~= "array" or #value.hears.value > REPORT_LIMIT then return nil, "hears" end
  for _, report in ipairs(value.hears.value) do
    if not add_report(tree, part, report) then return nil, "hears" end
  end
  return string.format(", hears %d", #value.hears.value)
end

function bodies.chat(tree, part, value)
  if not value.text or value.text.type ~= "string" then return nil, "text" end
  tree:add(f.text, part(value.text), safe(value.text.value))
  return ": " .. safe(value.text.value)
end

function bodies.ack(tree, part, value)
  local of = count_in(value.of)
  if not of then return nil, "of" end
  tree:add(f.of, part(value.of), uint64(of))
  return string.format(" of %.0f", of)
end

local modes = { multicast = true, unicast = true, lab = true }

function bodies.share(tree, part, value)
  local share, title = hex_in(value.share, 16), string_in(value.title)
  if not share then return nil, "share" end
  if not title then return nil, "title" end
  local files, bytes, control = count_in(value.files), count_in(value.bytes), count_in(value.control)
  if not files or files == 0 then return nil, "files" end
  if not bytes then return nil, "bytes" end
  if not control or control == 0 or control > 65535 then return nil, "control" end
  if not value.mode or not modes[value.mode.value] then return nil, "mode" end
  tree:add(f.share, part(value.share), share)
  tree:add(f.share_title, part(value.title), safe(title))
  tree:add(f.share_files, part(value.files), uint64(files))
  tree:add(f.share_bytes, part(value.bytes), uint64(bytes))
  tree:add(f.share_control, part(value.control), math.floor(control))
  tree:add(f.share_mode, part(value.mode), value.mode.value)
  if value.clients then
    local clients = count_in(value.clients)
    if not clients or clients == 0 then return nil, "clients" end
    tree:add(f.share_clients, part(value.clients), uint64(clients))
  end
  if value.key then
    local key = hex_in(value.key, 64)
    if not key then return nil, "key" end
    tree:add(f.share_key, part(value.key), key)
  end
  return string.format(": %s, %.0f bytes", safe(title), bytes)
end

function bodies.bye() return "" end

-- The fields that every message has; nil and the one that is wrong.
local function add_envelope(tree, part, value)
  if count_in(value.mcast) ~= 1 then return nil, "version" end
  tree:add(f.version, part(value.mcast), 1)
  local kind = string_in(value.kind)
  if not kind then return nil, "kind" end
  tree:add(f.kind, part(value.kind), safe(kind))
  local id = hex_in(value.id, 16)
  if not id then return nil, "id" end
  tree:add(f.id, part(value.id), id)
  local name = string_in(value.name)
  if not name then return nil, "name" end
  tree:add(f.name, part(value.name), safe(name))
  local seq = count_in(value.seq)
  if not seq then return nil, "seq" end
  tree:add(f.seq, part(value.seq), uint64(seq))
  local at = number_in(value.at)
  if not at then return nil, "at" end
  tree:add(f.at, part(value.at), at)
  if value.ttl then
    local ttl = count_in(value.ttl)
    if not ttl or ttl > 255 then return nil, "ttl" end
    tree:add(f.ttl, part(value.ttl), math.floor(ttl))
  end
  return { kind = kind, id = id, name = name, seq = seq, at = at }
end

local function add_times(tree, part, pinfo, node)
  local at = node.value
  -- Seconds beyond 2^31 do not fit every Wireshark's clock.
  if at < 2147483647000 then
    local seconds = math.floor(at / 1000)
    local nanos = math.floor((at - seconds * 1000) * 1000 + 0.5) * 1000
    if nanos > 999999000 then nanos = 999999000 end
    tree:add(f.time, part(node), NSTime.new(seconds, nanos)):set_generated()
  end
  local arrival = tonumber(pinfo.abs_ts)
  if arrival then tree:add(f.age, part(node), arrival * 1000 - at):set_generated() end
end

local function add_findings(tree, range, found)
  if found.gap then
    local item = tree:add(f.gap, range, uint64(found.gap)):set_generated()
    item:add_proto_expert_info(e.gap, string.format("%.0f numbers are missing before this one", found.gap))
  end
  if found.late then
    tree:add(f.late, range, true):set_generated():add_proto_expert_info(e.late)
  end
  if found.restart then
    tree:add(f.restart, range, found.restart):set_generated():add_proto_expert_info(e.restart)
  end
end

local function add_message(range, pinfo, tree, info)
  local text = range:bytes():raw()
  local function refuse(reason)
    malformed(tree, range, reason)
    info("malformed (" .. reason .. ")")
  end
  if #text <= TEXT_LIMIT and not is_utf8(text) then return refuse("utf-8") end
  if #text > MESSAGE_LIMIT then return refuse("too-long") end
  local root = parse(text)
  if not root or root.type ~= "object" then return refuse("json") end

  local part = ranges_of(range)
  local message, wrong = add_envelope(tree, part, root.value)
  if not message then return refuse(wrong) end
  add_times(tree, part, pinfo, root.value.at)
  local key = pinfo.number .. " " .. range:offset()
  add_findings(tree, part(root.value.seq), judge(pinfo, key, message))

  local body = bodies[message.kind]
  local said = ""
  if body then
    said, wrong = body(tree, part, root.value)
    if not said then return refuse(wrong) end
  else
    tree:add_proto_expert_info(e.unknown)
  end
  tree:add(f.json, range, safe(text))
  local head = string.format("%s %.0f from %s", safe(message.kind), message.seq, safe(message.name))
  tree:append_text(", " .. head)
  info(head .. said)
end

-- Blocks of files: 16 bytes of header, big endian -----------------------------------------------------------------

local RUN, REPAIR = 1, 2

local function add_blocks(range, pinfo, tree, info)
  tree:add(f.kind, range(0, 4), "blocks")
  local function refuse(reason)
    malformed(tree, range, reason)
    info("malformed blocks (" .. reason .. ")")
  end
  if range:len() <= 16 then return refuse("short") end
  local token, number = range(4, 4):uint(), range(8, 4):uint()
  local word = range(12, 4):uint()
  local kind, low = math.floor(word / 268435456), word % 268435456
  tree:add(f.block_token, range(4, 4))
  tree:add(f.block_number, range(8, 4))
  local what
  local offset = 16
  if kind == RUN then
    tree:add(f.block_first, range(12, 4), low)
    what = string.format("data from block %.0f", low)
  elseif kind == REPAIR then
    tree:add(f.block_count, range(12, 4), low)
    -- The first id takes 4 bytes, each further one the distance in 2, filled up to whole words.
    local ids = math.floor((2 + low * 2 + 3) / 4) * 4
    if low < 1 or low > 23 or range:len() <= 16 + ids then return refuse("blocks") end
    local id = range(16, 4):uint()
    tree:add(f.block_id, range(16, 4), id)
    for i = 1, low - 1 do
      local at = range(18 + i * 2, 2)
      id = id + at:uint()
      if id > 4294967295 then return refuse("blocks") end
      tree:add(f.block_id, at, id)
    end
    offset = 16 + ids
    what = string.format("repair of %.0f blocks", low)
  else
    return refuse("kind")
  end
  tree:add(f.block_data, range(offset))
  tree:append_text(", " .. what)
  info(string.format("%s, number %.0f, token %08x, %d bytes", what, number, token, range:len() - offset))
end

local function add_sealed(range, pinfo, tree, info)
  tree:add(f.kind, range(0, 4), "sealed")
  tree:add(f.sealed, range)
  info("sealed message")
end

local function add_plain_ack(range, pinfo, tree, info)
  tree:add(f.kind, range, "ack")
  info("ack, plain")
end

-- Which of them it is, by how it begins ---------------------------------------------------------------------------

local JSON_HEAD = 128

local function dissector_for(tvb)
  local length = tvb:captured_len()
  if length < 3 then return nil end
  local head = tvb:range(0, math.min(length, JSON_HEAD)):bytes():raw()
  local magic = head:sub(1, 4)
  if magic == "MCF1" then return add_blocks end
  if magic == "MCS1" then return add_sealed end
  if head:find('^%s*{%s*"mcast"%s*:') then return add_message end
  if length == 3 and head == "ack" then return add_plain_ack end
  return nil
end

function proto.dissector(tvb, pinfo, root)
  local add = dissector_for(tvb)
  if not add then return 0 end
  local range = tvb:range()
  pinfo.cols.protocol = "MCAST"
  local tree = root:add(proto, range)
  local function info(text) pinfo.cols.info = text end
  if add == add_message and tvb:reported_len() > tvb:captured_len() then
    tree:add_proto_expert_info(e.cut)
    info("cut while it was captured")
    return tvb:captured_len()
  end
  local ok, problem = pcall(add, range, pinfo, tree, info)
  if not ok then
    -- A packet that was cut while it was captured, or a mistake in this file: said, never thrown.
    malformed(tree, range, "dissector: " .. safe(tostring(problem)):sub(1, 200))
  end
  return tvb:captured_len()
end

proto:register_heuristic("udp", function(tvb, pinfo, root)
  if not dissector_for(tvb) then return false end
  proto.dissector(tvb, pinfo, root)
  return true
end)

-- For "Decode As…", where a message begins with another key.
DissectorTable.get("udp.port"):add_for_decode_as(proto)
