--- `:SforgNew [folder]`: the steps of *New Salesforce Org*, one question after the other. What is asked, checked, tested
--- and written is the server's; a box or list that is closed ends it, and nothing is written before its end.
local text = require('sforg.text')

local M = {}

--- @class sforg.NewOrgItem
--- @field id string
--- @field label string
--- @field detail string
--- @field note? string
--- @field isSeparator? boolean

--- @class sforg.NewOrgQuestion
--- @field id string
--- @field kind 'text'|'choice'|'secret'|'confirm'
--- @field title string
--- @field prompt string
--- @field placeholder string
--- @field number integer
--- @field total integer
--- @field value string
--- @field items sforg.NewOrgItem[]
--- @field help string[]
--- @field busy { title: string, text: string }

--- @class sforg.NewOrg
--- @field client vim.lsp.Client
--- @field folder? string  the address of the folder of the org file
--- @field answers table<string, string>
--- @field secrets table<string, string>

--- Answers of a run that was left, for the next one; never a secret.
--- @type { folder?: string, answers: table<string, string> }?
local unfinished

local function say(message, level)
  vim.notify(text.fit('sforg: ' .. text.line(message)), level or vim.log.levels.INFO, { title = 'sforg' })
end

--- Lines that are too many for a notification.
--- @param first string
--- @param lines string[]
local function show(first, lines)
  local numbered = { first }
  for number, line in ipairs(lines) do
    numbered[#numbered + 1] = ('%d. %s'):format(number, line)
  end
  require('sforg.messages').show(
    nil,
    { type = vim.lsp.protocol.MessageType.Info, message = table.concat(numbered, '\n') }
  )
end

--- @param run sforg.NewOrg
--- @param method string
--- @param more table
--- @param done fun(result: table)
local function request(run, method, more, done)
  local params = { folder = run.folder, answers = next(run.answers) and run.answers or vim.empty_dict() }
  run.client:request(method, vim.tbl_extend('force', params, more), function(err, result)
    if err then
      return say(err.message, vim.log.levels.ERROR)
    end
    done(result)
  end)
end

--- @param items sforg.NewOrgItem[]
--- @param prompt string
--- @param value string  the one that most people choose, which comes first
--- @param done fun(id?: string)
local function select(items, prompt, value, done)
  -- What most people choose comes first, since a list here has no other mark; the others keep their order.
  local shown = {}
  for _, item in ipairs(items) do
    if not item.isSeparator and item.id == value then
      table.insert(shown, 1, item)
    elseif not item.isSeparator then
      table.insert(shown, item)
    end
  end
  vim.ui.select(shown, {
    prompt = text.line(prompt),
    format_item = function(item)
      local more = item.note and item.note ~= '' and (' (%s)'):format(item.note) or ''
      local detail = item.detail ~= '' and (': ' .. item.detail) or ''
      return text.line(item.label .. more .. detail, 140)
    end,
  }, function(item)
    done(item and item.id)
  end)
end

local next_step

--- The run ends: what was entered is kept for the next one.
--- @param run sforg.NewOrg
local function leave(run)
  local answers = {}
  for step, answer in pairs(run.answers) do
    if not run.secrets[step] then
      answers[step] = answer
    end
  end
  unfinished = next(answers) and { folder = run.folder, answers = answers } or nil
end

--- @param run sforg.NewOrg
--- @param question sforg.NewOrgQuestion
--- @param value string
local function take(run, question, value)
  if question.kind ~= 'secret' then
    run.answers[question.id] = value
  elseif vim.trim(value) ~= '' then
    run.secrets[question.id] = value
    run.answers[question.id] = 'entered'
  else
    run.answers[question.id] = 'later'
  end
  next_step(run)
end

--- Takes a value that the server accepts; else the step is asked again with the reason.
--- @param run sforg.NewOrg
--- @param question sforg.NewOrgQuestion
--- @param value string
local function check(run, question, value)
  request(run, 'sforg/newOrg/check', { id = question.id, value = value }, function(found)
    if not found.accepts then
      if found.message ~= '' then
        say(found.message, vim.log.levels.WARN)
      end
      return next_step(run, question.kind == 'secret' and '' or value)
    end
    if found.severity == 'warning' then
      -- "Enter accepts it anyway", but here Enter is over: it is asked.
      return vim.ui.select({ 'Enter it again', 'Keep it' }, { prompt = text.line(found.message) }, function(choice)
        if choice == 'Keep it' then
          take(run, question, value)
        elseif choice then
          next_step(run, question.kind == 'secret' and '' or value)
        else
          leave(run)
        end
      end)
    end
    if found.severity == 'information' then
      say(found.message)
    end
    take(run, question, value)
  end)
end

--- @param run sforg.NewOrg
--- @param question sforg.NewOrgQuestion
--- @param value string
local function ask_text(run, question, value)
  local hint = question.placeholder ~= '' and (' (%s)'):format(question.placeholder) or ''
  local prompt = ('[%d/%d] %s%s: '):format(question.number, question.total, text.line(question.prompt), hint)
  vim.ui.input({ prompt = prompt, default = value }, function(given)
    if given == nil then
      return leave(run)
    end
    check(run, question, given)
  end)
end

--- @param run sforg.NewOrg
--- @param question sforg.NewOrgQuestion
local function ask_secret(run, question)
  local prompt = ('[%d/%d] %s: '):format(question.number, question.total, (text.line(question.prompt):gsub('%.$', '')))
  local ok, given = pcall(vim.fn.inputsecret, prompt)
  if not ok then
    return leave(run)
  end
  vim.cmd.redraw()
  check(run, question, given)
end

--- @param run sforg.NewOrg
--- @param question sforg.NewOrgQuestion
local function ask_choice(run, question)
  local prompt = ('[%d/%d] %s'):format(question.number, question.total, question.prompt)
  select(question.items, prompt, question.value, function(id)
    if id == nil then
      leave(run)
    elseif id == 'help' then
      show('Set up the app in Salesforce', question.help)
      next_step(run)
    else
      check(run, question, id)
    end
  end)
end

local finish

--- What to do about a login that is not simply right.
--- @param run sforg.NewOrg
--- @param question sforg.NewOrgQuestion
--- @param done table
local function what_now(run, question, done)
  select(done.items, done.title, '', function(id)
    if id == 'steps' then
      show(done.message, done.steps)
      what_now(run, question, done)
    elseif id == 'test' or id == 'anyway' then
      finish(run, question, { test = true, anyway = id == 'anyway' })
    elseif id == 'save' then
      finish(run, question, { test = false })
    elseif id == 'production' or id == 'sandbox' then
      finish(run, question, { test = false, sandbox = id == 'sandbox' })
    elseif id == 'again' and type(done.step) == 'string' then
      run.answers[done.step] = nil
      run.secrets[done.step] = nil
      next_step(run)
    elseif id == 'back' then
      next_step(run)
    else
      leave(run)
    end
  end)
end

--- @param run sforg.NewOrg
--- @param question sforg.NewOrgQuestion
--- @param choice { test: boolean, anyway?: boolean, sandbox?: boolean }
function finish(run, question, choice)
  if choice.test then
    say(question.busy.text)
  end
  local secret = next(run.secrets) and run.secrets or vim.empty_dict()
  request(run, 'sforg/newOrg/finish', vim.tbl_extend('error', choice, { secret = secret }), function(done)
    if done.outcome == 'saved' then
      unfinished = nil
      vim.cmd.edit(vim.fn.fnameescape(vim.uri_to_fname(done.uri)))
      pcall(vim.api.nvim_win_set_cursor, 0, { done.cursor.line + 1, done.cursor.character })
      say(done.message)
    elseif done.outcome == 'refused' then
      say(done.message, vim.log.levels.WARN)
      run.answers[done.step] = nil
      next_step(run)
    else
      what_now(run, question, done)
    end
  end)
end

--- @param run sforg.NewOrg
--- @param question sforg.NewOrgQuestion
local function confirm(run, question)
  local prompt = ('[%d/%d] %s'):format(question.number, question.total, question.prompt)
  select(question.items, prompt, question.value, function(id)
    if id == 'folder' then
      vim.ui.input({ prompt = 'Folder of the org file: ', completion = 'dir', default = 'orgs' }, function(folder)
        if folder and folder ~= '' then
          run.folder = vim.uri_from_fname(vim.fs.abspath(vim.fs.normalize(folder)))
        end
        next_step(run)
      end)
    elseif id then
      finish(run, question, { test = id == 'test' })
    else
      leave(run)
    end
  end)
end

--- Asks the first step that is open.
--- @param run sforg.NewOrg
--- @param value? string  what was entered and cannot stay
function next_step(run, value)
  request(run, 'sforg/newOrg', {}, function(question)
    if question.kind == 'confirm' then
      confirm(run, question)
    elseif question.kind == 'secret' then
      ask_secret(run, question)
    elseif question.kind == 'choice' then
      ask_choice(run, question)
    else
      ask_text(run, question, value or question.value)
    end
  end)
end

--- @param folder? string
function M.run(folder)
  local given = folder and folder ~= '' and vim.uri_from_fname(vim.fs.abspath(vim.fs.normalize(folder))) or nil
  require('sforg.import').with_client(function(client)
    local function begin(kept)
      local run = { client = client, answers = kept and kept.answers or {}, secrets = {} }
      run.folder = given or (kept and kept.folder) or M.default_folder(client)
      next_step(run)
    end
    local kept = unfinished
    if not kept or not kept.answers.name then
      return begin()
    end
    local continue = ('Continue with "%s"'):format(text.line(kept.answers.name, 60))
    vim.ui.select({ continue, 'Start over' }, { prompt = 'New Salesforce Org' }, function(choice)
      if choice then
        begin(choice == continue and kept or nil)
      end
    end)
  end)
end

--- The server knows where org files go below its folders; one that has none is told the working directory's.
--- @param client vim.lsp.Client
--- @return string?
function M.default_folder(client)
  if client.workspace_folders and #client.workspace_folders > 0 then
    return nil
  end
  return vim.uri_from_fname(vim.fs.joinpath(vim.fn.getcwd(), 'orgs'))
end

return M
