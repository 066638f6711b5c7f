"""What people type, and the words of the code sets that it means: curated, in own words."""
