"""The answers of the columns as a scan of all mentions gives them: slow, and plain to read."""

from __future__ import annotations

from collections import Counter

from corpus.queries.filters import CERTAINTY, PERIOD, SHOWN
from corpus.queries.sql import FROM, SOURCE


def places(index, filters):
    """Return mentions, articles, doubtful, earlier, named and sources of each place."""
    where, values = filters.sql()
    query = f"""
        with told as (
            select m.place, count(*) mentions, sum(m.doubt != '') doubtful, sum(m.role = 'background') earlier,
                sum(m.role = 'mentioned') named,
                case when max(m.source_number) > 0 then a.copy_of
                    else min(iif(m.source_number < 0, m.source, null)) end source {FROM}
            where {SHOWN} and {where} group by m.place, m.article_fid)
        select place, sum(mentions), count(*), sum(doubtful), sum(earlier), sum(named), count(distinct source)
        from told where place is not null group by place"""
    return {row[0]: row[1:] for row in index.execute(query, values)}


def days(index, filters):
    """Return how many mentions each date and certainty has."""
    where, values = filters.any_day().sql()
    query = f"""select {PERIOD[filters.by]}, {CERTAINTY[filters.by]}, count(*) {FROM}
        left join dates l on l.dating = m.dating and l.rank = 0 where {SHOWN} and {where} group by 1, 2, 3"""
    return {row[:3]: row[3] for row in index.execute(query, values)}


def passages(index, filters):
    """Return the passages with what is shown, the newest article first."""
    where, values = filters.sql()
    query = f"""select m.passage {FROM} join passages s on s.id = m.passage where {SHOWN} and {where}
        group by s.id order by a.published_since desc, a.id, s.start"""
    return [row[0] for row in index.execute(query, values)]


def regions(index, filters, column):
    """Return mentions, places, articles and sources of each region."""
    where, values = filters.sql()
    query = f"""select p.{column}, count(*), count(distinct m.place), count(distinct m.article_fid),
        count(distinct {SOURCE}) {FROM} where {SHOWN} and {where} and p.{column} != '' group by 1"""
    return {row[0]: row[1:] for row in index.execute(query, values)}


def coverage(index, filters):
    """Return how many mentions each place, source and date has."""
    where, values = filters.sql()
    query = f"""select m.place, {SOURCE}, {PERIOD[filters.by]}, count(*) {FROM}
        left join dates l on l.dating = m.dating and l.rank = 0 where {SHOWN} and {where} group by 1, 2, 3, 4"""
    return Counter({row[:4]: row[4] for row in index.execute(query, values)})


def ids(index, filters, condition="1 = 1"):
    """Return the mentions under the filters, whatever they are, the newest article first."""
    where, values = filters.sql()
    query = f"select m.id {FROM} where {where} and {condition} order by a.published_since desc, a.id, m.start"
    return [row[0] for row in index.execute(query, values)]


def claims(index, filters):
    """Return the claims under the filters, in order."""
    clauses, values = filters.narrowed("c.passage")
    if filters.since or filters.until:
        values |= {"since": str(filters.since or "0001-01-01"), "until": str(filters.until or "9999-12-31")}
        at = "c" if filters.by == "event" else "a"
        days = (
            ("since", "until", "certainty")
            if at == "c"
            else ("published_since", "published_until", "published_certainty")
        )
        inside = f"{at}.{days[1]} >= :since and {at}.{days[0]} <= :until"
        clauses.append(f"({inside} or {at}.{days[2]} = 'undated')" if filters.undated else f"({inside})")
    query = f"""select c.id from claims c join articles a on a.fid = c.article_fid
        left join mentions m on m.id = c.mention left join places p on p.id = m.place
        where {" and ".join(clauses) or "1 = 1"} order by c.since is null, c.since, c.what, a.id, c.start"""
    return [row[0] for row in index.execute(query, values)]


def extents(index, filters):
    """Return mentions and articles of each shape and status."""
    where, values = filters.sql()
    query = f"""select e.shape, count(*) from extents e join articles a on a.fid = e.article_fid where exists (
        select 1 from mentions m left join places p on p.id = m.place
        where (m.id in (select x.mention from extent_mentions x where x.extent = e.id)
            or m.passage = e.passage and not exists (select 1 from extent_mentions x where x.extent = e.id))
        and {where}) group by 1"""
    return dict(index.execute(query, values).fetchall())
