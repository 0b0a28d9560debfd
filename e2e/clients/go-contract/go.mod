module tributary/contract

go 1.26.0
