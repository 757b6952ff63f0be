--- Counts and prints checks, and keeps Neovim's and the server's state out of the person's own folders.
local M = {}

local passed, failed = 0, 0

--- `nvim -l` sends print() to standard error without line ends.
function M.say(line)
  io.stdout:write(line, '\n')
  io.stdout:flush()
end

--- @param ok any  truthy: passed
--- @param what string
--- @param got any  printed when it failed
function M.check(ok, what, got)
  if ok then
    passed = passed + 1
    M.say('ok   ' .. what)
  else
    failed = failed + 1
    M.say(('FAIL %s (got: %s)'):format(what, vim.inspect(got)))
  end
  return ok
end

function M.equal(got, wanted, what)
  return M.check(vim.deep_equal(got, wanted), what, got)
end

function M.contains(text, part, what)
  return M.check(type(text) == 'string' and text:find(part, 1, true), ('%s: %q'):format(what, part), text)
end

--- Runs the event loop until `f` gives something truthy. The limit is a guard against hanging, not a measure.
--- @return any  what `f` gave last
function M.wait_for(what, f)
  local last
  local ok, why = vim.wait(120000, function()
    last = f()
    return last
  end, 20)
  M.check(ok, what, ok or { last, why == -2 and 'interrupted' or 'never' })
  return last
end

local here = vim.fs.dirname(vim.fs.abspath(debug.getinfo(1, 'S').source:sub(2)))

--- The repository's top folder.
M.root = vim.fs.normalize(here .. '/../../..')

--- A new folder of this run.
M.work = vim.fs.normalize(vim.fn.tempname())
vim.fn.mkdir(M.work, 'p')

--- Loads the plugin the way Neovim does from `pack/*/start`, with every file of its own in the work folder.
function M.load_plugin()
  for _, name in ipairs({ 'HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME', 'XDG_CACHE_HOME' }) do
    local dir = M.work .. '/' .. name:lower()
    vim.fn.mkdir(dir, 'p')
    vim.env[name] = dir
  end
  vim.opt.runtimepath:prepend(M.root .. '/editors/nvim')
  vim.cmd.runtime('plugin/sforg.lua')
  vim.cmd('filetype plugin indent on')
  vim.cmd('syntax on')
end

--- All that is told to the user from here on, in order.
--- @return { text: string, level: integer }[]
function M.record_notifications()
  local seen = {}
  vim.notify = function(text, level)
    seen[#seen + 1] = { text = text, level = level }
  end
  return seen
end

--- All that was told since notification number `from`, joined: of a long message the notification shows only
--- the beginning, and its window the whole.
--- @param notifications { text: string }[]
--- @param from integer
function M.said(notifications, from)
  local said = {}
  for i = from, #notifications do
    said[#said + 1] = notifications[i].text
  end
  local buf = vim.fn.bufnr('^sforg://message$')
  if buf ~= -1 then
    vim.list_extend(said, vim.api.nvim_buf_get_lines(buf, 0, -1, false))
  end
  return table.concat(said, '\n')
end

--- All that is told from here on, and what waits until a text was among it.
--- @return fun(text: string), { text: string }[]
function M.record_told()
  local notifications = M.record_notifications()
  local function told(text)
    M.wait_for(('it is told: %q'):format(text), function()
      return M.said(notifications, 1):find(text, 1, true)
    end)
  end
  return told, notifications
end

--- Runs the test, removes the work folder, prints the sum and ends Neovim.
--- @param test fun()
function M.run(test)
  local ok, err = xpcall(test, debug.traceback)
  if not ok then
    M.check(false, 'the test itself ran to its end', err)
  end
  vim.fn.delete(M.work, 'rf')
  M.say(('%d passed, %d failed'):format(passed, failed))
  os.exit(failed == 0 and 0 or 1)
end

return M
