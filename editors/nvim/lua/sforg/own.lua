--- What the server says to this plugin besides LSP: good news in one line, and the question for a secret.
local text = require('sforg.text')

local M = {}

--- The names that the server looks for in `experimental.sforg`.
M.TAKES = { 'showStatus', 'enterSecret' }

--- Handler of `sforg/showStatus`.
--- @param params { text: string }
function M.show_status(_, params)
  vim.notify(text.fit('sforg: ' .. text.line(params.text)), vim.log.levels.INFO, { title = 'sforg' })
end

--- @class sforg.SecretPlace
--- @field id string
--- @field label string
--- @field detail string
--- @field prompt string

--- Asks for the secret without showing it; CTRL-C and nothing entered are no answer.
--- @param title string
--- @param place sforg.SecretPlace
--- @return { place: string, value: string }?
local function ask(title, place)
  local prompt = ('%s. %s: '):format(text.line(title), (text.line(place.prompt):gsub('%.$', '')))
  local ok, value = pcall(vim.fn.inputsecret, prompt)
  if not ok or vim.trim(value) == '' then
    return nil
  end
  return { place = place.id, value = value }
end

--- Handler of `sforg/enterSecret`: where to keep it, if there is a choice, and the secret itself.
--- @param params { title: string, places: sforg.SecretPlace[] }
function M.enter_secret(_, params)
  local co, is_main = coroutine.running()
  if not co or is_main then
    return vim.NIL
  end
  local function answer(place)
    -- Later, so that an answer that comes at once comes after the yield.
    vim.schedule(function()
      coroutine.resume(co, place and ask(params.title, place) or vim.NIL)
    end)
  end
  if #params.places == 1 then
    answer(params.places[1])
  else
    vim.ui.select(params.places, {
      prompt = text.line(params.title) .. ':',
      format_item = function(place)
        return text.line(place.label .. ' - ' .. place.detail, 120)
      end,
    }, answer)
  end
  return coroutine.yield()
end

return M
