"""Steady Toes: a Telegram companion for people whose toes twitch."""
