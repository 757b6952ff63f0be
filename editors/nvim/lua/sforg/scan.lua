--- `:SforgScan`: every Salesforce login in the workspace, in the quickfix list, by the day on which it breaks.
local M = {}

local function say(text, level)
  vim.notify('sforg: ' .. text, level or vim.log.levels.INFO, { title = 'sforg' })
end

--- @param groups table[]
--- @param encoding string
local function items_of(groups, encoding)
  local items = {}
  for _, group in ipairs(groups) do
    for _, login in ipairs(group.logins) do
      local item = vim.lsp.util.locations_to_items({ { uri = login.uri, range = login.range } }, encoding)[1]
      if item then
        item.text = ('%s: %s: %s'):format(group.label, login.label, group.description)
        item.type = group.label == 'Now' and 'E' or group.label == 'No deadline' and 'I' or 'W'
        items[#items + 1] = item
      end
    end
  end
  return items
end

--- @param client vim.lsp.Client
local function ask(client)
  client:request('sforg/scan', vim.empty_dict(), function(err, scan)
    if err then
      return say(err.message, vim.log.levels.ERROR)
    end
    local items = items_of(scan.groups, client.offset_encoding)
    vim.fn.setqflist({}, ' ', { title = 'What breaks when', items = items })
    if #items > 0 then
      vim.cmd('botright copen')
    end
    say(scan.message)
  end)
end

function M.run()
  local client = vim.lsp.get_clients({ name = 'sforg' })[1]
  if client and client.initialized then
    return ask(client)
  end
  say('the server is not running. Open an org file, or run `sforg scan` in a terminal.', vim.log.levels.ERROR)
end

return M
