--- `:SforgOrgs` and `:SforgDeadlines`: all orgs with their state, and those that stop working, by day.
local text = require('sforg.text')

local M = {}

--- Each state has a sign of its own, and a type in the quickfix list.
--- @type table<string, { sign: string, type: string }>
local STATES = {
  testing = { sign = '…', type = 'I' },
  failed = { sign = '✗', type = 'E' },
  fileError = { sign = '✗', type = 'E' },
  noSecret = { sign = '–', type = 'W' },
  warning = { sign = '!', type = 'W' },
  deadline = { sign = '!', type = 'W' },
  changed = { sign = '○', type = 'I' },
  untested = { sign = '○', type = 'I' },
  ok = { sign = '✓', type = 'I' },
}

local function say(message, level)
  vim.notify('sforg: ' .. message, level or vim.log.levels.INFO, { title = 'sforg' })
end

--- @param row table
local function state_of(row)
  return STATES[row.state] or STATES.untested
end

--- `✗ Acme UAT: wrong client secret (Acme integrations)`
--- @param row table
local function described(row)
  local words = {}
  if row.kind == 'production' then
    words[1] = 'PROD'
  end
  if row.short ~= '' then
    words[#words + 1] = row.short
  end
  local about = #words > 0 and ': ' .. table.concat(words, ' · ') or ''
  local project = type(row.project) == 'table' and (' (%s)'):format(row.project.name) or ''
  return text.line(state_of(row).sign .. ' ' .. row.name .. about .. project)
end

--- @param row table
--- @param words string
local function item_of(row, words)
  local start = type(row.nameRange) == 'table' and row.nameRange.start or { line = 0, character = 0 }
  return {
    filename = vim.uri_to_fname(row.uri),
    lnum = start.line + 1,
    col = start.character + 1,
    text = words,
    type = state_of(row).type,
  }
end

local function list(title, items)
  vim.fn.setqflist({}, ' ', { title = title, items = items })
  vim.cmd('botright copen')
end

--- Gives the rows, by name.
--- @param use fun(rows: table[])
local function ask(use)
  local client = vim.lsp.get_clients({ name = 'sforg' })[1]
  if not (client and client.initialized) then
    return say('the server is not running. Open an org file, or run `sforg check` in a terminal.', vim.log.levels.ERROR)
  end
  client:request('sforg/orgs', vim.empty_dict(), function(err, rows)
    if err then
      return say(err.message, vim.log.levels.ERROR)
    end
    table.sort(rows, function(a, b)
      local one, other = a.name:lower(), b.name:lower()
      return one == other and a.uri < b.uri or one < other
    end)
    use(rows)
  end)
end

--- @param in_list boolean  whether they go to the quickfix list; else one is chosen and opened
function M.orgs(in_list)
  ask(function(rows)
    if #rows == 0 then
      return say('there are no org files in this folder.')
    end
    if in_list then
      return list(
        'Salesforce orgs',
        vim.tbl_map(function(row)
          return item_of(row, described(row))
        end, rows)
      )
    end
    vim.ui.select(rows, { prompt = 'Salesforce orgs', kind = 'sforg', format_item = described }, function(row)
      if row then
        vim.cmd.edit(vim.fn.fnameescape(vim.uri_to_fname(row.uri)))
      end
    end)
  end)
end

function M.deadlines()
  ask(function(rows)
    local ending = vim.tbl_filter(function(row)
      return type(row.deadline) == 'table'
    end, rows)
    if #ending == 0 then
      return say('no known deadline for these logins.')
    end
    table.sort(ending, function(a, b)
      if a.deadline.days ~= b.deadline.days then
        return a.deadline.days < b.deadline.days
      end
      return a.name:lower() < b.name:lower()
    end)
    list(
      'What breaks when',
      vim.tbl_map(function(row)
        local date = type(row.deadline.date) == 'string' and row.deadline.date or 'Now'
        local item = item_of(row, text.line(('%s: %s: %s'):format(date, row.name, row.deadline.what)))
        item.type = date == 'Now' and 'E' or 'W'
        return item
      end, ending)
    )
  end)
end

return M
