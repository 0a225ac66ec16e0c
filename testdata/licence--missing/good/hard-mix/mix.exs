defmodule Harbour.MixProject do
  use Mix.Project
  defp package do
    [licenses: ["Apache-2.0"], links: %{}]
  end
end
