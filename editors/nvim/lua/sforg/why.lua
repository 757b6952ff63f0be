--- `:SforgExplain`: what another tool's Salesforce login error means. The text is any buffer's or a register's, so no
--- server need run for it: without one the program is run by itself.
local M = {}

local function refuse(text)
  vim.notify('sforg: ' .. text, vim.log.levels.ERROR, { title = 'sforg' })
end

--- A message is no Markdown: what is code in the page has quotes.
--- @param page string
local function show(page)
  local message = vim.trim(page):gsub('`', '"')
  require('sforg.messages').show(nil, { type = vim.lsp.protocol.MessageType.Info, message = message })
end

--- The lines of the range, else the register that is named, else what was copied last.
--- @param command vim.api.keyset.create_user_command.command_args
--- @return string
local function text_of(command)
  if command.range > 0 then
    return table.concat(vim.api.nvim_buf_get_lines(0, command.line1 - 1, command.line2, false), '\n')
  end
  local register = command.reg ~= '' and command.reg or (vim.fn.has('clipboard') == 1 and '+' or '"')
  return vim.fn.getreg(register)
end

--- @param client vim.lsp.Client
--- @param text string
local function ask_server(client, text)
  client:request('sforg/why', { text = text }, function(err, answer)
    if err then
      refuse(err.message)
    else
      show(answer.message)
    end
  end)
end

--- @param text string
local function run_program(text)
  local cmd = require('sforg.start').command()
  if not cmd or cmd[2] ~= 'lsp' or vim.fn.executable(cmd[1]) == 0 then
    return refuse('the program was not found, and no server is running. Run :checkhealth sforg.')
  end
  vim.system(
    { cmd[1], 'why', '-' },
    { stdin = text, text = true, env = { NO_COLOR = '1' } },
    vim.schedule_wrap(function(ran)
      if ran.code == 0 then
        show(ran.stdout)
      else
        refuse(vim.trim(ran.stderr))
      end
    end)
  )
end

--- @param command vim.api.keyset.create_user_command.command_args
function M.run(command)
  local text = text_of(command)
  if vim.trim(text) == '' then
    return refuse('there is no text to explain. Give a range, such as :%SforgExplain, or copy the error first.')
  end
  local client = vim.lsp.get_clients({ name = 'sforg' })[1]
  if client and client.initialized then
    ask_server(client, text)
  else
    run_program(text)
  end
end

return M
