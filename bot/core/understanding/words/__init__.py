"""Text in hand: its normal form, words and cues, and the values that stand in it."""
