--- How `window/showMessage` looks. Neovim's own handler echoes the whole text, which stops the editor at a
--- "Press ENTER" prompt as soon as it has two lines; the result of a login has a numbered step on each line.
--- Here the first line is a notification, and a text that doesn't fit the command line stays readable in a
--- window below until the next message comes: one can work through the steps and edit the file meanwhile.
local text = require('sforg.text')

local M = {}

local WINDOW_NAME = 'sforg://message'
local MOST_ROWS = 14

--- By LSP's MessageType: Error, Warning, Info, Log, Debug.
local LEVELS = {
  vim.log.levels.ERROR,
  vim.log.levels.WARN,
  vim.log.levels.INFO,
  vim.log.levels.INFO,
  vim.log.levels.DEBUG,
}

--- @return integer? window of this tab page that shows the last long message
local function message_window()
  for _, win in ipairs(vim.api.nvim_tabpage_list_wins(0)) do
    if vim.api.nvim_buf_get_name(vim.api.nvim_win_get_buf(win)) == WINDOW_NAME then
      return win
    end
  end
end

local function close_message_window()
  local win = message_window()
  if win then
    -- Refused for the last window of the editor: then the old text stays.
    pcall(vim.api.nvim_win_close, win, true)
  end
end

--- @return integer buffer
local function new_message_buffer()
  local buf = vim.api.nvim_create_buf(false, true)
  vim.api.nvim_buf_set_name(buf, WINDOW_NAME)
  vim.bo[buf].bufhidden = 'wipe'
  vim.keymap.set('n', 'q', '<Cmd>close<CR>', { buffer = buf, nowait = true, desc = 'Close the message' })
  return buf
end

--- @return integer win  opened below everything, without taking the focus
local function open_message_window()
  -- One left in another tab page would keep the name from us.
  local old = vim.fn.bufnr('^' .. WINDOW_NAME .. '$')
  if old ~= -1 then
    vim.api.nvim_buf_delete(old, { force = true })
  end
  local win = vim.api.nvim_open_win(new_message_buffer(), false, { split = 'below', win = -1, style = 'minimal' })
  vim.wo[win].wrap = true
  vim.wo[win].linebreak = true
  -- A numbered step goes on under its own text.
  vim.wo[win].breakindent = true
  vim.wo[win].breakindentopt = 'list:-1'
  vim.wo[win].winfixheight = true
  vim.wo[win].statusline = ' sforg: message (q closes it)'
  -- So that |:pclose| and CTRL-W z close it from anywhere; there can be only one preview window.
  pcall(function()
    vim.wo[win].previewwindow = true
  end)
  return win
end

--- @param lines string[]
local function show_in_window(lines)
  local win = message_window() or open_message_window()
  local buf = vim.api.nvim_win_get_buf(win)
  vim.bo[buf].modifiable = true
  vim.api.nvim_buf_set_lines(buf, 0, -1, false, lines)
  vim.bo[buf].modifiable = false
  local most = math.min(MOST_ROWS, math.floor(vim.o.lines / 2))
  vim.api.nvim_win_set_height(win, math.min(vim.api.nvim_win_text_height(win, {}).all, most))
  vim.api.nvim_win_set_cursor(win, { 1, 0 })
end

--- Shows the lines below the one that a question is put with, as far as they fit: nobody can scroll while it stands.
--- @param lines string[]
function M.show_details(lines)
  local most = math.min(MOST_ROWS, math.floor(vim.o.lines / 2))
  pcall(show_in_window, text.first(lines, most))
  vim.cmd.redraw()
end

--- |lsp-handler| for `window/showMessage`.
--- @param params lsp.ShowMessageParams
function M.show(_, params)
  local lines = text.lines(params.message)
  local first = 'sforg: ' .. lines[1]
  local shown = text.fit(first)
  if #lines == 1 and shown == first then
    close_message_window()
  elseif not pcall(show_in_window, lines) then
    -- No window can be opened from the command-line window: better a prompt than nothing.
    shown = 'sforg: ' .. table.concat(lines, '\n')
  end
  vim.notify(shown, LEVELS[params.type] or vim.log.levels.INFO, { title = 'sforg' })
end

return M
