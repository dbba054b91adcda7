"""Rules of scikit-learn, declared where its functions are in use: what checks and converts the arguments.  All else is read as it is written."""
