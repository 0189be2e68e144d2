"""What an assistant asks over MCP is answered from the index, row by row with a citation that stands."""

import asyncio
import json
import sys

import mcp
import pytest
from mcp.client.stdio import stdio_client

from corpus.exports.evidence import evidence_of
from corpus.exports.quoted import read_quoted
from corpus.exports.verify import verify
from corpus.queries.filters import Filters
from dashboard.assistant import MOST, Questions, server


def answered(index_path, question, **asked):
    async def ask():
        async with mcp.Client(server(index_path)) as client:
            return await client.call_tool(question, asked)

    answer = asyncio.run(ask())
    return answer if answer.is_error else answer.structured_content["result"]


ASKED = [
    ("find_places", {}, 7),
    ("find_places", {"name": "Горис"}, 1),
    ("find_places", {"name": "nosuchplace"}, 0),
    ("find_passages", {"words": "barns"}, 1),
    ("find_passages", {"place": "Goris"}, 3),
    (
        "find_passages",
        {"place": "Goris", "since": "2022-09-13", "until": "2022-09-13"},
        2,
    ),  # all of September may be that day
    ("find_passages", {"limit": 2}, 2),
    ("find_days", {"place": "Goris"}, 3),
    ("find_claims", {}, 0),
]


@pytest.mark.parametrize("question, asked, least", ASKED, ids=[f"{q} {a}" for q, a, _ in ASKED])
def test_each_answer_has_a_citation_that_stands(index_path, index, question, asked, least):
    rows = answered(index_path, question, **asked)
    assert len(rows) >= least
    assert len(rows) == least or least > 3
    for row in rows:
        assert [verdict.state for verdict in verify(index, read_quoted(row["citation"]))] == ["stands"]


def test_the_rows_are_those_of_the_exports(index_path, index):
    evidence = evidence_of(index, Filters())
    asked = Questions(index_path)
    assert [row["place"] for row in asked.find_places(limit=MOST)] == list(evidence.places.place)
    assert [row["sentence"] for row in asked.find_passages(limit=MOST)] == list(evidence.mentions.sentence)
    assert sum(row["mentions"] for row in asked.find_days(limit=MOST)) == evidence.mentions.since.notna().sum()


def test_what_is_no_day_is_said_with_the_way_out(index_path):
    answer = answered(index_path, "find_passages", since="last week")
    assert answer.is_error
    assert "give days as 2022-09-13" in answer.content[0].text


def test_every_question_only_reads(index_path):
    async def listed():
        async with mcp.Client(server(index_path)) as client:
            return (await client.list_tools()).tools

    tools = asyncio.run(listed())
    assert {tool.name for tool in tools} == {"find_places", "find_passages", "find_days", "find_claims"}
    for tool in tools:
        assert tool.annotations.read_only_hint
        assert tool.description


@pytest.mark.slow
def test_it_speaks_over_the_standard_streams(index_path):
    command = mcp.StdioServerParameters(
        command=sys.executable, args=["-m", "dashboard", "mcp", "--index", str(index_path)]
    )

    async def ask():
        async with stdio_client(command) as streams, mcp.ClientSession(*streams) as session:
            await session.initialize()
            return await session.call_tool("find_places", {"name": "Goris"})

    answer = asyncio.run(ask())
    assert json.loads(answer.content[0].text)["name"] == "Goris"
