-- How messages of the server are shown: nvim --headless -l messages.lua
package.path = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2)) .. '/?.lua;' .. package.path
local t = require('checks')
local check, equal = t.check, t.equal

local ERROR, INFO = 1, 3
local STEPS = 'Salesforce doesn\'t know this client secret.\n1. Open Setup.\n2. Copy the secret.'

local function message_windows()
  return vim.tbl_filter(function(win)
    return vim.api.nvim_buf_get_name(vim.api.nvim_win_get_buf(win)) == 'sforg://message'
  end, vim.api.nvim_list_wins())
end

local function text_of(win)
  return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(win), 0, -1, false), '\n')
end

t.run(function()
  t.load_plugin()
  local notifications = t.record_notifications()
  local function show(type, message)
    require('sforg.messages').show(nil, { type = type, message = message })
  end
  vim.o.columns, vim.o.lines = 80, 30
  local editing = vim.api.nvim_get_current_win()

  show(INFO, 'Moved.')
  equal(notifications, { { text = 'sforg: Moved.', level = vim.log.levels.INFO } }, 'one line is a notification')
  equal(#message_windows(), 0, 'and opens no window')

  show(ERROR, STEPS)
  equal(notifications[2], { text = 'sforg: Salesforce doesn\'t know this client secret.', level = vim.log.levels.ERROR }, 'several lines: the first is a notification')
  local win = message_windows()[1]
  equal({ #message_windows(), text_of(win) }, { 1, STEPS }, 'and all of them stand in a window')
  equal(vim.api.nvim_win_get_height(win), 3, 'which is as high as its text')
  equal(vim.api.nvim_get_current_win(), editing, 'and does not take the focus')
  equal(vim.bo[vim.api.nvim_win_get_buf(win)].modifiable, false, 'nor can be edited by mistake')

  show(INFO, 'Logged in.\r\nUser: integration@acme.example')
  equal({ #message_windows(), text_of(message_windows()[1]) }, { 1, 'Logged in.\nUser: integration@acme.example' }, 'the next message takes its place')

  show(INFO, 'Done.')
  equal(#message_windows(), 0, 'a short one closes the window')

  local long = ('word '):rep(40)
  show(INFO, long)
  equal(text_of(message_windows()[1]), vim.trim(long), 'a line too long for the command line stands in the window')
  check(vim.fn.strdisplaywidth(notifications[#notifications].text) <= vim.v.echospace, 'its notification needs no prompt', notifications[#notifications])

  vim.cmd.pclose()
  equal(#message_windows(), 0, ':pclose closes it')
  show(ERROR, STEPS)
  vim.api.nvim_set_current_win(message_windows()[1])
  vim.api.nvim_feedkeys('q', 'tx', false)
  equal(#message_windows(), 0, 'q closes it')

  show(ERROR, STEPS)
  vim.cmd.tabnew()
  show(ERROR, STEPS)
  equal(vim.tbl_map(vim.api.nvim_win_get_tabpage, message_windows()), { vim.api.nvim_get_current_tabpage() }, 'one window, in the tab page where one is')
  vim.cmd.tabclose()

  show(INFO, ('line\n'):rep(100))
  check(vim.api.nvim_win_get_height(message_windows()[1]) <= 15, 'a very long text leaves room for the file', vim.api.nvim_win_get_height(message_windows()[1]))
  show(INFO, '')
  equal(notifications[#notifications].text, 'sforg: ', 'an empty text does no harm')
end)
