--- Text that others wrote (names of files, projects and orgs, what Salesforce answered) on its way to a person.
local M = {}

--- How many characters of one line are shown, and how many lines.
local LINE_LIMIT = 800
local LINES_LIMIT = 60

--- Code points that nobody sees or that change how others are shown, as ranges: soft hyphen, fillers, zero width
--- and bidirectional marks, separators, variation selectors, byte order mark, private use, tags.
local INVISIBLE = {
  { 0xAD, 0xAD },
  { 0x34F, 0x34F },
  { 0x600, 0x605 },
  { 0x61C, 0x61C },
  { 0x6DD, 0x6DD },
  { 0x70F, 0x70F },
  { 0x115F, 0x1160 },
  { 0x17B4, 0x17B5 },
  { 0x180B, 0x180F },
  { 0x200B, 0x200F },
  { 0x2028, 0x202E },
  { 0x2060, 0x206F },
  { 0x3164, 0x3164 },
  { 0xD800, 0xF8FF },
  { 0xFE00, 0xFE0F },
  { 0xFEFF, 0xFEFF },
  { 0xFFA0, 0xFFA0 },
  { 0xFFF0, 0xFFFB },
  { 0x1D173, 0x1D17A },
  { 0xE0000, 0x10FFFF },
}

local function is_invisible(code)
  for _, range in ipairs(INVISIBLE) do
    if code < range[1] then
      return false
    end
    if code <= range[2] then
      return true
    end
  end
  return false
end

--- One line without invisible characters, `limit` characters at most. Line ends become blanks.
--- @param text string
--- @param limit? integer
--- @return string
function M.line(text, limit)
  limit = limit or LINE_LIMIT
  -- A bound before the work keeps it small however much was sent.
  local bounded = text:sub(1, 8 * limit)
  local spaced =
    bounded:gsub('[\t-\r]+', ' '):gsub('[%z\1-\31\127]', ''):gsub('\194\133', ' '):gsub('\194[\128-\159]', '')
  local kept = vim.tbl_filter(function(code)
    return not is_invisible(code)
  end, vim.fn.str2list(spaced))
  if #kept > limit or #bounded < #text then
    kept = vim.list_slice(kept, 1, limit - 1)
    kept[#kept + 1] = 0x2026 -- …
  end
  return vim.trim(vim.fn.list2str(kept))
end

--- The first of the lines, `most` at most; where some are left out the last says how many.
--- @param lines string[]
--- @param most integer
--- @return string[]
function M.first(lines, most)
  if #lines <= most then
    return lines
  end
  local first = vim.list_slice(lines, 1, most - 1)
  first[#first + 1] = ('(%d more lines are not shown.)'):format(#lines - #first)
  return first
end

--- The lines of a text, each as |M.line| makes it, with its indentation.
--- @param text string
--- @return string[]
function M.lines(text)
  return vim.tbl_map(function(line)
    return line:match('^ *'):sub(1, 16) .. M.line(line)
  end, M.first(vim.split(vim.trim(text), '\r?\n'), LINES_LIMIT))
end

--- `text` cut to `width` cells, by default to what the command line shows without a prompt.
--- @param text string
--- @param width? integer
--- @return string
function M.fit(text, width)
  width = math.max(width or vim.v.echospace, 2)
  if vim.fn.strdisplaywidth(text) <= width then
    return text
  end
  local short = vim.fn.strcharpart(text, 0, width - 1)
  while vim.fn.strdisplaywidth(short) > width - 1 do
    short = vim.fn.strcharpart(short, 0, vim.fn.strchars(short) - 1)
  end
  return short .. '…'
end

return M
