--- How `window/showMessageRequest` is asked. Neovim's own handler shows a numbered list at once, which takes the keys
--- that a person is typing into a file.
---
--- A question that nobody asked for (whether to upgrade a project that was opened) is never put by itself: one line says
--- that there is one, and `:SforgUpgrade` puts it. A question that follows from a command (whether to send a secret) is
--- put with |vim.ui.select()| as soon as nobody is typing; its first answer, which one key too many takes, does no harm: the server puts it there.
local text = require('sforg.text')

local M = {}

--- @class sforg.Question
--- @field params lsp.ShowMessageRequestParams
--- @field client integer
--- @field project? string  the address of the project file that it is about
--- @field answer fun(action?: lsp.MessageActionItem)

--- Questions that wait for the person, by client and project.
--- @type table<string, sforg.Question>
local kept = {}

--- What the server asks about the same within this time of an answer belongs to it, and is no surprise.
M.dialogue_ms = 5000

--- When a question was answered last, by client and project; in milliseconds of `vim.uv.now()`.
--- @type table<string, integer>
local answered = {}

local function is_in_dialogue(key)
  local at = answered[key]
  answered[key] = nil
  return at ~= nil and vim.uv.now() - at < M.dialogue_ms
end

local function key_of(client, project)
  return ('%d %s'):format(client, project or '')
end

local COMMAND = ':SforgUpgrade'

local function say_that_one_waits(question)
  local how = (' Run %s.'):format(COMMAND)
  local room = vim.v.echospace - vim.fn.strdisplaywidth('sforg: ' .. how)
  local what = text.fit(text.line(question.params.message), room)
  vim.notify('sforg: ' .. what .. how, vim.log.levels.INFO, { title = 'sforg' })
end

--- @param question sforg.Question
--- @param actions lsp.MessageActionItem[]
local function select(question, actions)
  local lines = text.lines(question.params.message)
  if #lines > 1 then
    require('sforg.messages').show_details(vim.list_slice(lines, 2))
  end
  vim.ui.select(actions, {
    kind = 'lsp_message',
    prompt = vim.endswith(lines[1], '?') and lines[1] or lines[1] .. ':',
    format_item = function(action)
      return text.line(action.title, 60)
    end,
  }, function(action)
    if question.project then
      answered[key_of(question.client, question.project)] = action and vim.uv.now()
    end
    question.answer(action)
  end)
end

--- Runs `put` now, or as soon as nobody is typing.
local function when_not_typing(put)
  if vim.api.nvim_get_mode().mode == 'n' then
    return put()
  end
  vim.notify('sforg: a question waits until you are in normal mode.', vim.log.levels.WARN, { title = 'sforg' })
  vim.api.nvim_create_autocmd('ModeChanged', {
    pattern = '*:n',
    once = true,
    desc = 'Put the question of the sforg server',
    callback = function()
      vim.schedule(function()
        when_not_typing(put)
      end)
    end,
  })
end

--- @param question sforg.Question
local function put_or_keep(question)
  local actions = question.params.actions or {}
  if #actions == 0 then
    require('sforg.messages').show(nil, question.params)
    return question.answer(nil)
  end
  local unasked = actions[1].unasked == true
  local key = key_of(question.client, question.project)
  if not unasked then
    when_not_typing(function()
      select(question, actions)
    end)
  elseif is_in_dialogue(key) then
    select(question, actions)
  else
    kept[key] = question
    say_that_one_waits(question)
  end
end

--- |lsp-handler| for `window/showMessageRequest`.
--- @param params lsp.ShowMessageRequestParams
--- @param ctx lsp.HandlerContext
function M.on_request(_, params, ctx)
  local co, is_main = coroutine.running()
  if not co or is_main then
    return vim.NIL
  end
  local action = params.actions and params.actions[1]
  local question = {
    params = params,
    client = ctx.client_id,
    project = action and type(action.project) == 'string' and action.project or nil,
    answer = function(chosen)
      -- Later, so that an answer that comes at once comes after the yield.
      vim.schedule(function()
        coroutine.resume(co, chosen or vim.NIL)
      end)
    end,
  }
  put_or_keep(question)
  return coroutine.yield()
end

--- The project file that governs a buffer's file.
--- @param bufnr integer
--- @return string? path
local function project_of(bufnr)
  local name = vim.api.nvim_buf_get_name(bufnr)
  return vim.fs.find('sforg-project.json', { upward = true, type = 'file', path = vim.fs.dirname(name) })[1]
end

--- Takes the question that waits about the project of a buffer.
--- @param client integer
--- @param bufnr integer
--- @return sforg.Question?
local function take(client, bufnr)
  local project = project_of(bufnr)
  local real = project and vim.uv.fs_realpath(project)
  for key, question in pairs(kept) do
    if
      question.client == client
      and question.project
      and real == vim.uv.fs_realpath(vim.uri_to_fname(question.project))
    then
      kept[key] = nil
      return question
    end
  end
end

--- Puts the question that waits about the project of a buffer.
--- @return boolean  whether there is one
function M.put(client, bufnr)
  local question = take(client, bufnr)
  if question then
    select(question, question.params.actions)
  end
  return question ~= nil
end

--- The person did without the question.
function M.drop(client, bufnr)
  local question = take(client, bufnr)
  if question then
    question.answer(nil)
  end
end

--- The server has ended: nobody waits for an answer any more.
--- @param client integer
function M.forget(client)
  for key, question in pairs(kept) do
    if question.client == client then
      kept[key] = nil
    end
  end
end

return M
